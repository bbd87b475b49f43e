using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>
/// Puts the rules of delegates in the place of the rules that name them. A delegate is a VirtualService without hosts; it may not
/// delegate further, and of one that is not there no rule is left.
/// </summary>
internal sealed class Delegation(IReadOnlyList<JsonObject> virtualServices)
{
    /// <summary>What a delegate's rule takes from the rule above it where it says nothing itself.</summary>
    private static readonly string[] Inherited = ["rewrite", "timeout", "retries", "mirror", "mirrorPercent", "mirrorPercentage", "headers"];

    private readonly Dictionary<ObjectKey, JsonObject> _delegates =
        virtualServices.Where(v => !v.TextsAt("spec", "hosts").Any()).ToDictionary(ObjectKey.Of);

    /// <returns>The rules in order, each with the namespace in which its short names are meant.</returns>
    public IEnumerable<(JsonObject Rule, string Namespace)> RulesOf(JsonObject virtualService)
    {
        var ns = virtualService.Namespace() ?? "";
        return virtualService.ObjectsAt("spec", "http").SelectMany(rule => rule["delegate"] is JsonObject named ? Below(rule, named, ns) : [(rule, ns)]);
    }

    private IEnumerable<(JsonObject Rule, string Namespace)> Below(JsonObject above, JsonObject named, string ns)
    {
        var key = new ObjectKey(named.TextAt("namespace") is { Length: > 0 } other ? other : ns, named.TextAt("name") ?? "");
        return from rule in _delegates.GetValueOrDefault(key).ObjectsAt("spec", "http")
               where rule["delegate"] is null
               let merged = Merge(above, rule)
               where merged is not null
               select (merged, key.Namespace);
    }

    private static JsonObject? Merge(JsonObject above, JsonObject rule)
    {
        if (MatchMerge.Merge([.. above.ObjectsAt("match")], [.. rule.ObjectsAt("match")]) is not { } matches)
            return null;
        var merged = rule.Copy();
        merged["match"] = new JsonArray([.. matches.Select(match => match.DeepClone())]);
        foreach (var field in Inherited.Where(field => rule[field] is null))
            merged.Put(field, above[field]);
        return merged;
    }
}
