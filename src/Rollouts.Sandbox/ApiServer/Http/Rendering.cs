using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Tables;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Objects and lists in the shape that the caller wants.</summary>
internal static class Rendering
{
    public static JsonObject One(Representation representation, ResourcePath path, JsonObject obj, HttpRequest request) =>
        path.Subresource == "scale" ? obj : representation.Shape switch
        {
            Shape.Object => obj,
            Shape.Metadata => Partial(representation, obj),
            Shape.Table => Table(representation, path, [obj], request, withColumns: true,
                new JsonObject { ["resourceVersion"] = obj.ResourceVersion() }),
        };

    public static JsonObject Many(Representation representation, ResourcePath path, Page page, HttpRequest request)
    {
        var metadata = new JsonObject { ["resourceVersion"] = $"{page.Revision}" };
        if (page.Next is not null)
            metadata["continue"] = page.Next.ToString();
        else if (path.Definition.Custom is not null && representation.Shape == Shape.Object)
            metadata["continue"] = "";
        if (page.Remaining is not null)
            metadata["remainingItemCount"] = page.Remaining;
        return representation.Shape switch
        {
            Shape.Object => List(path.Definition.ListKind, path.Kind.ApiVersion, metadata, page.Items.Select(i => Item(path.Definition, i))),
            Shape.Metadata => List("PartialObjectMetadataList", $"meta.k8s.io/{representation.MetaVersion}", metadata,
                page.Items.Select(i => Partial(representation, i))),
            Shape.Table => Table(representation, path, page.Items, request, withColumns: true, metadata),
        };
    }

    /// <summary>An object of a watch; the columns of a table come with the first event only.</summary>
    public static JsonObject Event(Representation representation, ResourcePath path, JsonObject obj, HttpRequest request, bool first) =>
        representation.Shape == Shape.Table
            ? Table(representation, path, [obj], request, first, new JsonObject { ["resourceVersion"] = obj.ResourceVersion() })
            : One(representation, path, obj, request);

    private static JsonObject List(string kind, string apiVersion, JsonObject metadata, IEnumerable<JsonObject> items) => new()
    {
        ["kind"] = kind,
        ["apiVersion"] = apiVersion,
        ["metadata"] = metadata,
        ["items"] = new JsonArray([.. items]),
    };

    // The items of built-in lists do not repeat their type; those of custom lists do.
    private static JsonObject Item(KindDefinition definition, JsonObject item)
    {
        if (definition.Custom is null)
        {
            item.Remove("kind");
            item.Remove("apiVersion");
        }
        return item;
    }

    private static JsonObject Partial(Representation representation, JsonObject obj) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = $"meta.k8s.io/{representation.MetaVersion}",
        ["metadata"] = obj["metadata"]?.DeepClone(),
    };

    private static JsonObject Table(
        Representation representation, ResourcePath path, IReadOnlyList<JsonObject> objects, HttpRequest request, bool withColumns, JsonObject metadata)
    {
        TableLayout layout = Columns.Of(path.Definition, path.Version);
        string include = request.Text("includeObject") is { Length: > 0 } wanted ? wanted : "Metadata";
        if (include is not ("None" or "Metadata" or "Object"))
            throw Refusals.BadRequest("Unable to convert to Table as requested: includeObject: "
                + $"Invalid value: \"{include}\": must be 'Metadata', 'Object', 'None', or empty");
        DateTimeOffset now = request.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = $"meta.k8s.io/{representation.MetaVersion}",
            ["metadata"] = metadata,
            ["columnDefinitions"] = withColumns ? layout.Definitions() : null,
            ["rows"] = new JsonArray([.. objects.Select(o => Row(representation, layout, o, include, now))]),
        };
    }

    private static JsonObject Row(
        Representation representation, TableLayout layout, JsonObject obj, string include, DateTimeOffset now) => new()
        {
            ["cells"] = layout.Cells(obj, now),
            ["object"] = include switch
            {
                "None" => null,
                "Object" => obj.DeepClone(),
                _ => Partial(representation, obj),
            },
        };
}
