using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Routing.Istio;

/// <summary>The weighted destinations of one rule of a VirtualService, http or tcp.</summary>
internal static class IstioDestinations
{
    /// <summary>Whether the rule sends anything to the primary's or the candidate's Service.</summary>
    public static bool KnowsUs(JsonObject rule, Names names) => Ours(rule, names).Any();

    /// <summary>The entries to the primary's or the candidate's Service.</summary>
    public static IEnumerable<JsonObject> Ours(JsonObject rule, Names names) => rule["route"].Objects().Where(entry => IsOurs(entry, names));

    /// <summary>
    /// Gives the two destinations their weights. Entries keep what the user put into them (headers, a port); a destination to the apex
    /// becomes the primary's; a third party's gets 0, because the weights of a rule have to sum to 100.
    /// </summary>
    public static void Split(JsonObject rule, Names names, Split split)
    {
        var port = PortOf(rule["route"].Objects());
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

    /// <summary>
    /// Everything to the primary, for good: the candidate's destination goes, unless there is something in it that we could not write again.
    /// </summary>
    public static void PrimaryAlone(JsonObject rule, Names names)
    {
        Split(rule, names, Model.Split.AllPrimary);
        var entries = rule["route"].Objects().Select(entry => entry.DeepClone().AsObject()).ToList();
        var candidate = entries[1];
        var again = To(names.CandidateService, PortOf(entries.Where(entry => entry != candidate)));
        again["weight"] = 0;
        if (JsonNode.DeepEquals(candidate, again))
            entries.Remove(candidate);
        rule["route"] = new JsonArray([.. entries]);
    }

    /// <summary>Gives our destinations the port where they name none.</summary>
    public static void Port(JsonObject rule, Names names, int port)
    {
        foreach (var entry in Ours(rule, names))
            entry.Section("destination")["port"] ??= new JsonObject { ["number"] = port };
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

    public static JsonNode? PortOf(IEnumerable<JsonObject> entries) =>
        entries.Select(entry => (entry["destination"] as JsonObject)?["port"]).FirstOrDefault(port => port is not null);

    public static bool IsOurs(JsonObject entry, Names names) => IsOf(entry, names.PrimaryService, names) || IsOf(entry, names.CandidateService, names);

    public static bool IsOf(JsonObject entry, string service, Names names) => IsHost(entry["destination"], service, names);

    // Istio reads a short name relative to the rule's own namespace; users write any of the four forms.
    public static bool IsHost(JsonNode? destination, string service, Names names)
    {
        var host = (destination as JsonObject)?["host"].Text();
        return host == service
            || host == $"{service}.{names.Namespace}"
            || host == $"{service}.{names.Namespace}.svc"
            || host == $"{service}.{names.Namespace}.svc.cluster.local";
    }

    // A single destination may go without a weight: it then takes all (Istio, HTTPRouteDestination.weight).
    private static int WeightOf(JsonObject rule, string service, Names names)
    {
        var entries = rule["route"].Objects().ToList();
        return entries.Where(entry => IsOf(entry, service, names)).Sum(entry => entry["weight"].Integer() ?? (entries.Count == 1 ? 100 : 0));
    }
}
