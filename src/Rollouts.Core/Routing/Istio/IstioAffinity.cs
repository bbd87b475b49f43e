using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Routing.Istio;

/// <summary>
/// Session affinity: whoever a weighted rule sends to the candidate gets its cookie there, and a rule before it keeps who has the cookie.
/// Once the candidate takes no more traffic, the rule before it takes the cookie back. A destination of the base has a cookie of ours
/// only while a rule before it asks for that cookie; by this it is told from what the user put there.
/// </summary>
internal static class IstioAffinity
{
    // A map has each key once, and the user may have put a cookie of their own there: a second spelling is a second header.
    private static readonly string[] Headers = ["Set-Cookie", "set-cookie"];

    /// <summary>The rules that have to stand before the weighted one.</summary>
    public static IEnumerable<JsonObject> Rules(JsonObject weighted, RouteIntent intent)
    {
        var split = intent.Traffic.Split;
        if (intent.Affinity is null)
            yield break;
        if (split.Candidate == Weight.Zero)
        {
            if (intent.Cookies.Previous is { } previous)
                yield return TakeBack(weighted, intent, previous);
            yield break;
        }
        if (intent.Cookies.Candidate is { } candidate)
            yield return Sticky(weighted, IstioRules.StickyCandidate, candidate, new Split(Weight.Full), intent.Names);
        if (PrimaryCookie(intent) is { } primary)
            yield return Sticky(weighted, IstioRules.StickyPrimary, primary, Split.AllPrimary, intent.Names);
    }

    /// <summary>Lets the weighted rule's destinations give their cookies.</summary>
    public static void Give(JsonObject weighted, RouteIntent intent)
    {
        if (intent.Affinity is not { } affinity || intent.Traffic.Split.Candidate == Weight.Zero)
            return;
        foreach (var entry in IstioDestinations.Ours(weighted, intent.Names))
        {
            if (IstioDestinations.IsOf(entry, intent.Names.CandidateService, intent.Names))
                Put(entry, intent.Cookies.Candidate is { } candidate ? CookieText.Give(candidate, affinity.MaxAge, affinity) : null);
            else
                Put(entry, PrimaryCookie(intent) is { } primary ? CookieText.Give(primary, intent.Interval.Length, affinity) : null);
        }
    }

    /// <summary>Takes our cookies off the rule's destinations.</summary>
    public static void TakeOff(JsonObject rule, Names names, Func<string, bool> isOurs)
    {
        foreach (var entry in IstioDestinations.Ours(rule, names))
        {
            if ((entry["headers"] as JsonObject)?["response"] is not JsonObject response || response["add"] is not JsonObject add)
                continue;
            var given = Headers.Where(header => add[header].Text() is { } line && isOurs(CookieText.CookieOf(line))).ToList();
            foreach (var header in given)
                add.Remove(header);
            if (given.Count > 0)
                Prune(entry, "headers", "response", "add");
        }
    }

    // Where the candidate has everything nobody may be kept away from it: the primary may be about to be replaced.
    private static string? PrimaryCookie(RouteIntent intent) =>
        intent.Affinity?.PrimaryCookieName is not null && intent.Traffic.Split.Primary > Weight.Zero ? intent.Cookies.Primary : null;

    private static JsonObject Sticky(JsonObject weighted, string name, string cookie, Split split, Names names)
    {
        var rule = IstioRules.Copy(weighted, name, IstioMatches.WithCookie(weighted["match"], cookie));
        IstioDestinations.Split(rule, names, split);
        return rule;
    }

    private static JsonObject TakeBack(JsonObject weighted, RouteIntent intent, string cookie)
    {
        var rule = IstioRules.Copy(weighted, IstioRules.TakeBack, IstioMatches.WithCookie(weighted["match"], cookie));
        IstioRuleGroup.Weigh(rule, intent.Names, intent.Traffic);
        foreach (var entry in IstioDestinations.Ours(rule, intent.Names))
            Put(entry, intent.Affinity is { } affinity ? CookieText.TakeBack(cookie, affinity) : null);
        return rule;
    }

    private static void Put(JsonObject entry, string? line)
    {
        if (line is null)
            return;
        var add = entry.Section("headers").Section("response").Section("add");
        add[Headers.FirstOrDefault(header => add[header] is null, Headers[^1])] = line;
    }

    private static void Prune(JsonObject parent, params ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || parent[path[0]] is not JsonObject child)
            return;
        Prune(child, path[1..]);
        if (child.Count == 0)
            parent.Remove(path[0]);
    }
}
