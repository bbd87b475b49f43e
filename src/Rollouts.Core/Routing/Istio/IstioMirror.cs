using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Routing.Istio;

/// <summary>
/// The copies of a rule's requests that the candidate gets. A rule has either one <c>mirror</c> or a list of <c>mirrors</c>, never both
/// (Istio refuses that); where the user mirrors to a host of their own the list takes the two, and goes when ours goes.
/// </summary>
internal static class IstioMirror
{
    private static readonly string[] Shares = ["mirrorPercentage", "mirrorPercent"];

    /// <summary>Null where what is copied is no whole percentage, or copied twice.</summary>
    public static Weight? Read(JsonObject rule, Names names)
    {
        var ours = rule["mirrors"].Objects().Where(mirror => IsOurs(mirror["destination"], names)).Select(mirror => Share(mirror["percentage"])).ToList();
        if (IsOurs(rule["mirror"], names))
            ours.Add(Share(rule["mirrorPercentage"] ?? rule["mirrorPercent"]));
        return ours switch
        {
            [] => Weight.Zero,
            [var share] => share,
            _ => null,
        };
    }

    public static void Set(JsonObject rule, Names names, Weight share)
    {
        Remove(rule, names);
        if (share == Weight.Zero)
            return;
        var destination = IstioDestinations.To(names.CandidateService, IstioDestinations.PortOf(IstioDestinations.Ours(rule, names)))["destination"]?.DeepClone();
        var percentage = new JsonObject { ["value"] = share.Percent };
        if (rule["mirror"] is null && !rule["mirrors"].Objects().Any())
        {
            rule.Remove("mirrors");
            rule["mirror"] = destination;
            rule["mirrorPercentage"] = percentage;
            return;
        }
        var mirrors = rule["mirrors"].Objects().Select(mirror => mirror.DeepClone()).ToList();
        if (rule["mirror"] is not null)
            mirrors.Insert(0, Listed(rule));
        rule["mirrors"] = new JsonArray([.. mirrors, new JsonObject { ["destination"] = destination, ["percentage"] = percentage }]);
    }

    private static void Remove(JsonObject rule, Names names)
    {
        if (IsOurs(rule["mirror"], names))
            foreach (var field in Shares.Prepend("mirror"))
                rule.Remove(field);
        var mirrors = rule["mirrors"].Objects().ToList();
        var others = mirrors.Where(mirror => !IsOurs(mirror["destination"], names)).Select(mirror => mirror.DeepClone().AsObject()).ToList();
        if (others.Count == mirrors.Count)
            return;
        rule.Remove("mirrors");
        if (others is [var single] && rule["mirror"] is null)
            Unlist(rule, single);
        else if (others.Count > 0)
            rule["mirrors"] = new JsonArray([.. others]);
    }

    private static JsonObject Listed(JsonObject rule)
    {
        var listed = new JsonObject { ["destination"] = rule["mirror"]?.DeepClone() };
        if (rule["mirrorPercentage"] is { } percentage)
            listed["percentage"] = percentage.DeepClone();
        else if (rule["mirrorPercent"] is { } percent)
            listed["percentage"] = new JsonObject { ["value"] = percent.DeepClone() };
        foreach (var field in Shares.Prepend("mirror"))
            rule.Remove(field);
        return listed;
    }

    private static void Unlist(JsonObject rule, JsonObject single)
    {
        rule["mirror"] = single["destination"]?.DeepClone();
        if (single["percentage"] is { } percentage)
            rule["mirrorPercentage"] = percentage.DeepClone();
    }

    private static bool IsOurs(JsonNode? destination, Names names) => IstioDestinations.IsHost(destination, names.CandidateService, names);

    // No share at all means everything (Istio, HTTPRoute.mirrorPercentage); the older mirrorPercent is a bare number.
    private static Weight? Share(JsonNode? share) =>
        share is null ? Weight.Full
        : (share is JsonObject percentage ? percentage["value"] : share).Number() is { } percent and >= 0 and <= 100 && percent == Math.Floor(percent) ? new Weight((int)percent)
        : null;
}
