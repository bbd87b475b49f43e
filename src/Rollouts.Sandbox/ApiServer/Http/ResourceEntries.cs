using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>The entries of an APIResourceList.</summary>
internal static class ResourceEntries
{
    private static readonly string[] CustomVerbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

    public static IEnumerable<JsonNode> Of(KindCatalog catalog, string group, string version) => catalog.All
        .Where(d => d.Kind.Group == group && d.Versions.Contains(version))
        .SelectMany(Of)
        .Concat(Reviews(group, version))
        .OrderBy(e => BuiltInDefinitions.Groups.Contains(group) ? (string?)e["name"] : "", StringComparer.Ordinal);

    private static IEnumerable<JsonObject> Of(KindDefinition definition)
    {
        ResourceKind kind = definition.Kind;
        JsonObject main = Entry(kind.Plural, kind.Namespaced, kind.Kind, definition.Custom is null ? definition.Verbs : CustomVerbs);
        main["singularName"] = definition.Singular;
        AddNames(main, "shortNames", definition.ShortNames);
        AddNames(main, "categories", definition.Categories);
        yield return main;
        if (definition.HasStatus)
            yield return Entry($"{kind.Plural}/status", kind.Namespaced, kind.Kind, ["get", "patch", "update"]);
        if (definition.HasScale)
            yield return Foreign($"{kind.Plural}/scale", "autoscaling", "v1", "Scale", ["get", "patch", "update"]);
        if (kind == Kinds.Namespaces)
            yield return Entry("namespaces/finalize", false, "Namespace", ["update"]);
        if (kind == Kinds.ServiceAccounts)
            yield return Foreign("serviceaccounts/token", "authentication.k8s.io", "v1", "TokenRequest", ["create"]);
        if (kind == Kinds.Pods)
        {
            yield return Entry("bindings", true, "Binding", ["create"]);
            yield return Entry("pods/binding", true, "Binding", ["create"]);
            yield return Foreign("pods/eviction", "policy", "v1", "Eviction", ["create"]);
        }
    }

    private static IEnumerable<JsonObject> Reviews(string group, string version) => (group, version) switch
    {
        ("authorization.k8s.io", "v1") =>
        [
            Entry("localsubjectaccessreviews", true, "LocalSubjectAccessReview", ["create"]),
            Entry("selfsubjectaccessreviews", false, "SelfSubjectAccessReview", ["create"]),
            Entry("selfsubjectrulesreviews", false, "SelfSubjectRulesReview", ["create"]),
            Entry("subjectaccessreviews", false, "SubjectAccessReview", ["create"]),
        ],
        ("authentication.k8s.io", "v1") => [Entry("tokenreviews", false, "TokenReview", ["create"])],
        _ => [],
    };

    private static JsonObject Foreign(string name, string group, string version, string kind, IReadOnlyList<string> verbs)
    {
        JsonObject entry = Entry(name, true, kind, verbs);
        entry["group"] = group;
        entry["version"] = version;
        return entry;
    }

    private static JsonObject Entry(string name, bool namespaced, string kind, IReadOnlyList<string> verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = "",
        ["namespaced"] = namespaced,
        ["kind"] = kind,
        ["verbs"] = new JsonArray([.. verbs.Select(v => (JsonNode)v)]),
    };

    private static void AddNames(JsonObject entry, string member, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            entry[member] = new JsonArray([.. names.Select(n => (JsonNode)n)]);
    }
}
