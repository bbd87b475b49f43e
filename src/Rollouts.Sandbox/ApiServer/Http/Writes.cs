using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Schemas;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>POST, PUT, PATCH and DELETE.</summary>
internal sealed class Writes(Cluster cluster)
{
    public async Task CreateAsync(HttpContext context, ResourcePath path)
    {
        if (path.Definition.Kind.Namespaced && path.Namespace is null)
            throw Refusals.MethodNotAllowed();
        WriteOptions options = context.Request.WriteOptions(path.Definition, null, "CreateOptions");
        JsonObject body = await context.Request.ReadObjectAsync(options.Duplicates);
        Written written = cluster.Writer.Create(path.Definition, path.Version, path.Namespace, body, options);
        await AnswerAsync(context, path, written, options);
    }

    public async Task ReplaceAsync(HttpContext context, ResourcePath path)
    {
        WriteOptions options = context.Request.WriteOptions(path.Definition, path.Subresource, "UpdateOptions");
        JsonObject body = await context.Request.ReadObjectAsync(options.Duplicates);
        if (path.Subresource != "scale")
            CheckNames(path, body);
        bool creates = path.Definition.CreatesOnUpdate && path.Subresource is null;
        await UpdateAsync(context, path, current => current is null && !creates ? null : body, options);
    }

    public async Task PatchAsync(HttpContext context, ResourcePath path)
    {
        WriteOptions options = context.Request.WriteOptions(path.Definition, path.Subresource, "PatchOptions") with { IsPatch = true };
        FieldSchema fields = path.Subresource == "scale" ? BuiltInSchemas.For(ScaleDoor.Kind)! : path.Definition.FieldsIn(path.Version);
        PatchRequest patch = await PatchRequest.ReadAsync(context, path, fields, cluster.Time.GetUtcNow(), options);
        await UpdateAsync(context, path, patch.Change, options with { IsApply = patch.IsApply && path.Subresource != "scale" });
    }

    private async Task UpdateAsync(HttpContext context, ResourcePath path, Func<JsonObject?, JsonObject?> change, WriteOptions options)
    {
        if (path.Subresource == "scale")
            change = ScaleDoor.Through(path.Definition, change);
        Written written = cluster.Writer.Update(path.Definition, path.Version, path.Namespace, path.Name!, change, options);
        await AnswerAsync(context, path, written, options);
    }

    public async Task DeleteAsync(HttpContext context, ResourcePath path)
    {
        DeleteOptions options = await DeleteRequest.ReadAsync(context.Request);
        (JsonObject last, bool gone) = cluster.Deleter.Delete(path.Definition, path.Namespace, path.Name!, options);
        JsonNode answer = gone && !path.Definition.DeleteReturnsObject
            ? Answers.Deleted(path.Kind, path.Name!, last.Uid())
            : Codec.Encode(path.Definition, path.Version, last);
        await context.Response.WriteAsync(200, answer);
    }

    public async Task DeleteAllAsync(HttpContext context, ResourcePath path)
    {
        if (!path.Definition.Verbs.Contains("deletecollection") || (path.Namespace is null && path.Definition.Kind.Namespaced))
            throw Refusals.MethodNotAllowed();
        DeleteOptions options = await DeleteRequest.ReadAsync(context.Request);
        var selection = context.Request.Selection(path);
        Snapshot snapshot = cluster.Store.Read(path.Definition.Shelf);
        List<JsonObject> deleted = [];
        foreach (JsonObject obj in snapshot.Objects.Values.Where(selection.Matches))
        {
            if (cluster.Store.Get(path.Definition.Shelf, obj.Key()) is null)
                continue;
            cluster.Deleter.Delete(path.Definition, obj.Namespace(), obj.Name(), options);
            deleted.Add(Codec.Encode(path.Definition, path.Version, obj));
        }
        await context.Response.WriteAsync(200,
            Rendering.Many(Representation.Plain, path, new Page(snapshot.Revision, deleted, null, null), context.Request));
    }

    private static void CheckNames(ResourcePath path, JsonObject body)
    {
        string name = body.Name();
        if (name.Length == 0)
            throw Refusals.BadRequest($"the name of the object ({path.Name} based on URL) was undeterminable: name must be provided");
        if (name != path.Name)
            throw Refusals.BadRequest($"the name of the object ({name}) does not match the name on the URL ({path.Name})");
    }

    private static async Task AnswerAsync(HttpContext context, ResourcePath path, Written written, WriteOptions options)
    {
        foreach (string warning in options.Warnings)
            context.Response.Headers.Append("Warning", $"299 - \"{warning.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");
        JsonObject obj = path.Subresource == "scale"
            ? Scale.Of(path.Definition, written.Object)
            : Codec.Encode(path.Definition, path.Version, written.Object);
        await context.Response.WriteAsync(
            written.Created ? 201 : 200, Rendering.One(Representation.Of(context.Request), path, obj, context.Request));
    }
}
