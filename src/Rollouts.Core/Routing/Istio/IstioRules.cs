using System.Text.Json.Nodes;

namespace Rollouts.Core.Routing.Istio;

/// <summary>
/// The rules of a VirtualService that are about us. A rule that was there, or that stands for the whole route, is the base of a group;
/// the rules that we put before it carry a name of ours (Istio only logs it) and our destinations, and are made anew from the base each
/// time, so that nothing has to be remembered about them. All other rules are somebody else's.
/// </summary>
internal static class IstioRules
{
    /// <summary>The requests of an A/B run; its base then has all others.</summary>
    public const string Matched = "rollouts-match";

    /// <summary>Users who saw the candidate and keep seeing it.</summary>
    public const string StickyCandidate = "rollouts-sticky-candidate";

    /// <summary>Users who are kept on the primary.</summary>
    public const string StickyPrimary = "rollouts-sticky-primary";

    /// <summary>Users who come with the cookie of a candidate that is gone.</summary>
    public const string TakeBack = "rollouts-take-back";

    public static bool IsAdded(JsonObject rule, Names names) => HasOurName(rule) && IstioDestinations.KnowsUs(rule, names);

    public static bool HasOurName(JsonObject rule) => rule["name"].Text() is Matched or StickyCandidate or StickyPrimary or TakeBack;

    /// <summary>The rules with our destinations that we did not put before another one.</summary>
    public static List<JsonObject> Bases(JsonNode? list, Names names) =>
        [.. list.Objects().Where(rule => IstioDestinations.KnowsUs(rule, names) && !IsAdded(rule, names))];

    public static List<IstioRuleGroup> Groups(JsonNode? http, Names names)
    {
        var groups = new List<IstioRuleGroup>();
        var added = new List<JsonObject>();
        foreach (var rule in http.Objects().Where(rule => IstioDestinations.KnowsUs(rule, names)))
        {
            added.Add(rule);
            if (IsAdded(rule, names))
                continue;
            groups.Add(new IstioRuleGroup(rule, added[..^1]));
            added.Clear();
        }
        return groups;
    }

    /// <summary>The rules that we put before a base which is no longer there.</summary>
    public static List<JsonObject> Strays(JsonNode? http, Names names) =>
        [.. http.Objects().Where(rule => IsAdded(rule, names)).Except(Groups(http, names).SelectMany(group => group.Added))];

    /// <summary>A rule with all that the base says, under another name and for other requests.</summary>
    public static JsonObject Copy(JsonObject rule, string name, JsonArray match)
    {
        var copy = new JsonObject { ["name"] = name, ["match"] = match };
        foreach (var (field, value) in rule.Where(field => field.Key is not ("name" or "match")))
            copy[field] = value?.DeepClone();
        return copy;
    }

    /// <summary>Takes off everything that we put beside the destinations: the rules before a base, our mirrors and our cookies.</summary>
    /// <param name="http">the list of rules; it is changed</param>
    /// <param name="names">whose rules</param>
    /// <param name="isOurs">whether a cookie, beside those that our rules ask for, is one of ours</param>
    public static void Bare(JsonArray http, Names names, Func<string, bool> isOurs)
    {
        foreach (var group in Groups(http, names))
        {
            IstioAffinity.TakeOff(group.Base, names, cookie => isOurs(cookie) || group.AsksFor(cookie));
            IstioMirror.Set(group.Base, names, Model.Weight.Zero);
        }
        foreach (var added in http.Objects().Where(rule => IsAdded(rule, names)).ToList())
            http.Remove(added);
    }
}
