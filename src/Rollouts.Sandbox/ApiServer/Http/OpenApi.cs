using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Catalog;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>
/// As much OpenAPI as kubectl reads before it applies: that there are paths, and that they take fieldValidation. It then leaves
/// validation to the server, and patches built-in kinds by its own knowledge of them.
/// </summary>
internal sealed class OpenApi(KindCatalog catalog)
{
    private static readonly string[] PatchTypes =
        ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"];

    public async Task AnswerAsync(HttpContext context, string[] parts)
    {
        HttpResponse response = context.Response;
        bool protobuf = context.Request.Headers.Accept.ToString().Contains("protobuf", StringComparison.Ordinal);
        JsonObject? document = parts switch
        {
            ["openapi", "v2"] => Swagger(),
            ["openapi", "v3"] => Index(),
            ["openapi", "v3", "api", var version] => Document("", version),
            ["openapi", "v3", "apis", var group, var version] => Document(group, version),
            _ => null,
        };
        if (document is null)
            response.StatusCode = 404;
        else if (protobuf)
        {
            // An empty document is one in protobuf, too.
            response.ContentType = "application/octet-stream";
            response.ContentLength = 0;
        }
        else
            await response.WriteAsync(200, document, "text/plain; charset=utf-8");
    }

    private static JsonObject Swagger() => new()
    {
        ["swagger"] = "2.0",
        ["info"] = Info(),
        ["paths"] = new JsonObject(),
        ["definitions"] = new JsonObject(),
    };

    private JsonObject Index()
    {
        var paths = new JsonObject();
        foreach (ResourceKind kind in catalog.All.SelectMany(d => d.Versions.Select(d.In)))
        {
            string path = kind.Group.Length == 0 ? $"api/{kind.Version}" : $"apis/{kind.ApiVersion}";
            // The hash is that of nothing: documents are small and made anew for each request.
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash=0" };
        }
        paths["version"] = new JsonObject { ["serverRelativeURL"] = "/openapi/v3/version?hash=0" };
        return new JsonObject { ["paths"] = paths };
    }

    private JsonObject? Document(string group, string version)
    {
        List<KindDefinition> kinds = [.. catalog.All.Where(d => d.Kind.Group == group && d.Versions.Contains(version))];
        if (kinds.Count == 0)
            return null;
        string root = group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";
        var paths = new JsonObject();
        foreach (KindDefinition kind in kinds)
        {
            string all = kind.Kind.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Kind.Plural}" : $"{root}/{kind.Kind.Plural}";
            paths[all] = Operations(kind.In(version), "get", "post", "delete");
            paths[$"{all}/{{name}}"] = Operations(kind.In(version), "get", "put", "patch", "delete");
            foreach (string below in (string[])[.. kind.HasStatus ? ["status"] : (string[])[], .. kind.HasScale ? ["scale"] : (string[])[]])
                paths[$"{all}/{{name}}/{below}"] = Operations(kind.In(version), "get", "put", "patch");
        }
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = Info(),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = new JsonObject(), ["securitySchemes"] = new JsonObject() },
        };
    }

    private static JsonObject Operations(ResourceKind kind, params string[] methods)
    {
        var path = new JsonObject { ["parameters"] = new JsonArray() };
        foreach (string method in methods)
            path[method] = Operation(kind, method);
        return path;
    }

    private static JsonObject Operation(ResourceKind kind, string method)
    {
        string[] parameters = method switch
        {
            "patch" => ["dryRun", "fieldManager", "fieldValidation", "force"],
            "post" or "put" => ["dryRun", "fieldManager", "fieldValidation"],
            _ => [],
        };
        var operation = new JsonObject
        {
            ["parameters"] = new JsonArray([.. parameters.Select(Parameter)]),
            ["responses"] = new JsonObject(),
            ["x-kubernetes-action"] = method,
            ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind },
        };
        if (method == "patch")
            operation["requestBody"] = new JsonObject
            {
                ["content"] = new JsonObject(PatchTypes.Select(t => KeyValuePair.Create<string, JsonNode?>(t, new JsonObject()))),
            };
        return operation;
    }

    private static JsonObject Parameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["schema"] = new JsonObject { ["type"] = name == "force" ? "boolean" : "string" },
    };

    private static JsonObject Info() => new() { ["title"] = "Kubernetes", ["version"] = "v1.26.4" };
}
