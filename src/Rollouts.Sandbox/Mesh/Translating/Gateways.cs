using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>The gateways that VirtualServices and their matches name, as <c>NAMESPACE/NAME</c> or <c>mesh</c>.</summary>
internal static class Gateways
{
    /// <summary>The reserved word for the sidecars; what a VirtualService is bound to that names none.</summary>
    public const string Mesh = "mesh";

    public static IReadOnlyList<string> Of(JsonObject virtualService)
    {
        List<string> named = [.. virtualService.TextsAt("spec", "gateways").Select(name => Full(name, virtualService.Namespace() ?? ""))];
        return named.Count == 0 ? [Mesh] : named;
    }

    /// <summary>The rule without the matches that are for other gateways; null where no match is left.</summary>
    public static JsonObject? Narrow(JsonObject rule, string ns, IReadOnlyCollection<string> gateways)
    {
        List<JsonObject> all = [.. rule.ObjectsAt("match")];
        List<JsonObject> meant = [.. all.Where(match => Admits(match, ns, gateways))];
        if (meant.Count == all.Count)
            return rule;
        if (meant.Count == 0)
            return null;
        var narrowed = rule.Copy();
        narrowed["match"] = new JsonArray([.. meant.Select(match => match.DeepClone())]);
        return narrowed;
    }

    private static bool Admits(JsonObject match, string ns, IReadOnlyCollection<string> gateways)
    {
        List<string> named = [.. match.TextsAt("gateways").Select(name => Full(name, ns))];
        return named.Count == 0 || named.Any(gateways.Contains);
    }

    // Besides NAMESPACE/NAME Istio still takes the older form NAME.NAMESPACE.svc.cluster.local.
    private static string Full(string name, string ns) => name.Split('.') switch
    {
        _ when name == Mesh || name.Contains('/') => name,
        [var first, var second, ..] => $"{second}/{first}",
        _ => $"{ns}/{name}",
    };
}
