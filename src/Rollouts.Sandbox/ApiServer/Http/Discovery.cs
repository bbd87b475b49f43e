using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Version, health, and the lists of what is served.</summary>
internal sealed class Discovery(KindCatalog catalog)
{
    private readonly OpenApi openApi = new(catalog);

    private static readonly string[] Methods = ["GET", "HEAD"];

    // The order in which upstream lists its groups, which is the order in which kubectl looks for a short name.
    private static readonly string[] Order =
    [
        "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
        "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "storage.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io",
        "coordination.k8s.io", "discovery.k8s.io",
    ];

    public Task AnswerAsync(HttpContext context, string[] parts)
    {
        HttpResponse response = context.Response;
        bool known = parts is ["version" or "api" or "apis" or "healthz" or "readyz" or "livez" or "openapi", ..];
        if (known && !Methods.Contains(context.Request.Method))
            throw Refusals.MethodNotAllowed();
        return parts switch
        {
            ["version"] => response.WriteAsync(200, Version()),
            ["healthz" or "readyz" or "livez"] => response.WriteTextAsync(200,
                context.Request.Query.ContainsKey("verbose") ? $"[+]ping ok\n{parts[0]} check passed\n" : "ok"),
            ["healthz" or "readyz" or "livez", "ping"] => response.WriteTextAsync(200, "ok"),
            [] => response.WriteAsync(200, Paths()),
            ["openapi", ..] => openApi.AnswerAsync(context, parts),
            ["api"] => response.WriteAsync(200, Versions(context)),
            ["apis"] => response.WriteAsync(200, Groups(context)),
            ["api", "v1"] => response.WriteAsync(200, Resources("", "v1")),
            ["apis", var group] when Group(group, alone: true) is { } found => response.WriteAsync(200, found),
            ["apis", var group, var version] when VersionsOf(group).Contains(version) =>
                response.WriteAsync(200, Resources(group, version)),
            ["apis", var group, _] when Order.Contains(group) => throw Refusals.NoSuchResource(),
            _ => response.WriteTextAsync(404, "404 page not found\n"),
        };
    }

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "26",
        ["gitVersion"] = "v1.26.4",
        ["gitCommit"] = "rollouts-sandbox",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2023-04-12T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "roslyn",
        ["platform"] = "dotnet",
    };

    private JsonObject Paths() => new()
    {
        ["paths"] = new JsonArray(["/api", "/api/v1", "/apis", .. GroupNames().Select(g => (JsonNode)$"/apis/{g}"), "/healthz", "/livez", "/readyz", "/version"]),
    };

    private static JsonObject Versions(HttpContext context)
    {
        Representation.Of(context.Request);
        return new JsonObject
        {
            ["kind"] = "APIVersions",
            ["versions"] = new JsonArray("v1"),
            ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject
            {
                ["clientCIDR"] = "0.0.0.0/0",
                ["serverAddress"] = context.Request.Host.Value,
            }),
        };
    }

    private JsonObject Groups(HttpContext context)
    {
        Representation.Of(context.Request);
        return new JsonObject
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            // A group whose last CRD goes while the list is being made has no versions any more.
            ["groups"] = new JsonArray([.. GroupNames().Select(g => Group(g, alone: false)).OfType<JsonObject>()]),
        };
    }

    private IEnumerable<string> GroupNames() =>
        Order.Concat(catalog.All.Select(d => d.Kind.Group).Where(g => g.Length > 0).Order(StringComparer.Ordinal)).Distinct();

    private IEnumerable<string> VersionsOf(string group) => group is "authentication.k8s.io" or "authorization.k8s.io"
        ? ["v1"]
        : catalog.All.Where(d => d.Kind.Group == group).SelectMany(d => d.Versions).Distinct().Order(VersionOrder.NewestFirst);

    /// <summary>Null where there is no such group.</summary>
    private JsonObject? Group(string name, bool alone)
    {
        var versions = VersionsOf(name).Select(v => new JsonObject { ["groupVersion"] = $"{name}/{v}", ["version"] = v }).ToList();
        if (versions.Count == 0)
            return null;
        var group = new JsonObject();
        if (alone)
        {
            group["kind"] = "APIGroup";
            group["apiVersion"] = "v1";
        }
        group["name"] = name;
        group["preferredVersion"] = versions[0].DeepClone();
        group["versions"] = new JsonArray([.. versions]);
        return group;
    }

    private JsonObject Resources(string group, string version)
    {
        var list = new JsonObject { ["kind"] = "APIResourceList" };
        if (group.Length > 0)
            list["apiVersion"] = "v1";
        list["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}";
        list["resources"] = new JsonArray([.. ResourceEntries.Of(catalog, group, version)]);
        return list;
    }
}
