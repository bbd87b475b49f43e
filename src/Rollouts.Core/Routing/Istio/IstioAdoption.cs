using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Core.Routing.Istio;

/// <summary>
/// Rules of a user towards the apex Service, which become rules of ours, and back. A single destination says by itself what it was before;
/// where there were several, or subsets of the apex, which our Services do not have, the rules are kept in an annotation.
/// </summary>
internal static class IstioAdoption
{
    /// <summary>The rules as they were before they were adopted, by the list that they stood in.</summary>
    public const string Annotation = "rollouts.dev/adopted-rules";

    /// <summary>Points the rules of the list that send everything to the apex at the two.</summary>
    public static List<JsonObject> Adopt(JsonObject shaped, string list, JsonArray rules, Names names)
    {
        var adopted = rules.Objects().Where(rule => AllToApex(rule, names)).ToList();
        if (adopted.Any(rule => !SaysWhatItWas(rule)))
            Remember(shaped, list, new JsonArray([.. adopted.Select(rule => rule.DeepClone())]));
        foreach (var rule in adopted)
        {
            var entry = rule["route"].Objects().First();
            rule["route"] = new JsonArray(Pointed(entry, names.Apex, names.PrimaryService), Pointed(entry, names.Apex, names.CandidateService));
        }
        return adopted;
    }

    /// <summary>Gives the rules of the list, which are bare otherwise, back to the apex.</summary>
    public static void GiveBack(JsonObject shaped, string list, Names names)
    {
        var kept = Remembered(shaped)[list].Objects().ToList();
        foreach (var rule in IstioRules.Bases(shaped["spec"]?[list], names))
        {
            var before = kept.Find(original => JsonNode.DeepEquals(WithoutRoute(original), WithoutRoute(rule)));
            rule["route"] = before?["route"]?.DeepClone() ?? ToApex(rule, names);
            if (before is not null)
                kept.Remove(before);
        }
    }

    public static void Forget(JsonObject shaped)
    {
        if (shaped["metadata"] is not JsonObject metadata || metadata["annotations"] is not JsonObject annotations || !annotations.Remove(Annotation))
            return;
        if (annotations.Count == 0)
            metadata.Remove("annotations");
    }

    private static bool AllToApex(JsonObject rule, Names names) =>
        !IstioRules.HasOurName(rule)
        && rule["route"].Objects().Any()
        && rule["route"].Objects().All(entry => IstioDestinations.IsOf(entry, names.Apex, names));

    private static bool SaysWhatItWas(JsonObject rule) =>
        rule["route"].Objects().ToList() is [var single] && single["destination"]?["subset"] is null && single["weight"].Integer() is null or 100;

    private static JsonArray ToApex(JsonObject rule, Names names)
    {
        var entries = rule["route"].Objects().Select(entry => entry.DeepClone().AsObject()).ToList();
        var primary = entries.Find(entry => IstioDestinations.IsOf(entry, names.PrimaryService, names));
        var apex = primary is not null
            ? Pointed(primary, names.PrimaryService, names.Apex)
            : Pointed(entries.First(entry => IstioDestinations.IsOurs(entry, names)), names.CandidateService, names.Apex);
        var others = entries.Where(entry => !IstioDestinations.IsOurs(entry, names) && !IstioDestinations.IsOf(entry, names.Apex, names)).ToList();
        if (others.Count > 0)
            apex["weight"] = 100;
        foreach (var other in others)
            other["weight"] = 0;
        return new JsonArray([apex, .. others]);
    }

    // The host keeps the form in which the user wrote it.
    private static JsonObject Pointed(JsonObject entry, string from, string to)
    {
        var pointed = entry.DeepClone().AsObject();
        var destination = pointed.Section("destination");
        destination["host"] = to + destination["host"].Text()?[from.Length..];
        destination.Remove("subset");
        pointed.Remove("weight");
        return pointed;
    }

    private static void Remember(JsonObject shaped, string list, JsonArray originals)
    {
        var remembered = Remembered(shaped);
        remembered[list] = originals;
        shaped.Section("metadata").Section("annotations")[Annotation] = remembered.ToJsonString();
    }

    private static JsonObject Remembered(JsonObject shaped)
    {
        try
        {
            return shaped["metadata"]?["annotations"]?[Annotation].Text() is { } text ? JsonNode.Parse(text) as JsonObject ?? [] : [];
        }
        catch (JsonException)
        {
            // Somebody wrote into it: the rules then go back to the apex as they are.
            return [];
        }
    }

    private static JsonObject WithoutRoute(JsonObject rule)
    {
        var rest = rule.DeepClone().AsObject();
        rest.Remove("route");
        return rest;
    }
}
