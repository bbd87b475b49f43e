using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Routing.Istio;

/// <summary>The weighted destinations of one http rule of a VirtualService.</summary>
internal static class IstioDestinations
{
    /// <summary>Whether the rule sends anything to the primary's or the candidate's Service.</summary>
    public static bool KnowsUs(JsonObject rule, Names names) =>
        rule["route"].Objects().Any(entry => IsOf(entry, names.PrimaryService, names) || IsOf(entry, names.CandidateService, names));

    /// <summary>Whether the rule sends everything to the apex Service: the rule of somebody who has no rollouts yet.</summary>
    public static bool AllToApex(JsonObject rule, Names names) =>
        rule["route"].Objects().Any() && rule["route"].Objects().All(entry => IsOf(entry, names.Apex, names));

    /// <summary>
    /// Gives the two destinations their weights. Entries keep what the user put into them (headers, a port); a destination to the apex
    /// becomes the primary's; a third party's gets 0, because the weights of a rule have to sum to 100.
    /// </summary>
    public static void Split(JsonObject rule, Names names, Split split)
    {
        var port = PortOf(rule);
        var entries = rule["route"].Objects().Select(entry => entry.DeepClone().AsObject()).ToList();
        var primary = entries.Find(entry => IsOf(entry, names.PrimaryService, names)) ?? To(names.PrimaryService, port);
        var candidate = entries.Find(entry => IsOf(entry, names.CandidateService, names)) ?? To(names.CandidateService, port);
        primary["weight"] = split.Primary.Percent;
        candidate["weight"] = split.Candidate.Percent;
        var others = entries.Where(entry => entry != primary && entry != candidate && !IsOf(entry, names.Apex, names)).ToList();
        foreach (var other in others)
            other["weight"] = 0;
        rule["route"] = new JsonArray([primary, candidate, .. others]);
    }

    public static Split? Read(JsonObject rule, Names names)
    {
        var primary = WeightOf(rule, names.PrimaryService, names);
        var candidate = WeightOf(rule, names.CandidateService, names);
        return primary + candidate == 100 && candidate is >= 0 and <= 100 ? new Split(new Weight(candidate)) : null;
    }

    public static JsonObject To(string service, JsonNode? port)
    {
        var destination = new JsonObject { ["host"] = service };
        if (port is not null)
            destination["port"] = port.DeepClone();
        return new JsonObject { ["destination"] = destination };
    }

    public static JsonNode? PortOf(JsonObject rule) => rule["route"].Objects().Select(entry => (entry["destination"] as JsonObject)?["port"]).FirstOrDefault(port => port is not null);

    // A single destination may go without a weight: it then takes all (Istio, HTTPRouteDestination.weight).
    private static int WeightOf(JsonObject rule, string service, Names names)
    {
        var entries = rule["route"].Objects().ToList();
        return entries.Where(entry => IsOf(entry, service, names)).Sum(entry => entry["weight"].Integer() ?? (entries.Count == 1 ? 100 : 0));
    }

    // Istio reads a short name relative to the rule's own namespace; users write any of the four forms.
    private static bool IsOf(JsonObject entry, string service, Names names)
    {
        var host = (entry["destination"] as JsonObject)?["host"].Text();
        return host == service
            || host == $"{service}.{names.Namespace}"
            || host == $"{service}.{names.Namespace}.svc"
            || host == $"{service}.{names.Namespace}.svc.cluster.local";
    }
}
