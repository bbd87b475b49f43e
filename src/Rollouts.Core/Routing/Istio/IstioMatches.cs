using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Routing.Istio;

/// <summary>
/// The HTTPMatchRequests of a rule that is narrower than another one. Several in a list are alternatives; in one of them everything has to hold.
/// </summary>
internal static class IstioMatches
{
    private static readonly string[] Maps = ["headers", "withoutHeaders", "queryParams", "sourceLabels"];

    // Envoy compares header names without regard to case and asks every entry; a second spelling is how two conditions stand on one header.
    private static readonly string[] CookieHeaders = ["cookie", "Cookie"];

    /// <summary>What both lists let through: each of the one with each of the other.</summary>
    public static JsonArray Product(JsonNode? matches, EquatableList<RawJson> narrower) =>
        [.. narrower.Select(match => match.ToNode()).OfType<JsonObject>().SelectMany(narrow => Alternatives(matches).Select(match => Merge(match, narrow)))];

    /// <summary>The requests of the list that carry the cookie, given as <c>name=value</c>.</summary>
    public static JsonArray WithCookie(JsonNode? matches, string cookie) => [.. Alternatives(matches).Select(match =>
    {
        var headers = match.Section("headers");
        headers[CookieHeaders.FirstOrDefault(spelling => headers[spelling] is null, CookieHeaders[0])] = new JsonObject { ["regex"] = CookieText.Pattern(cookie) };
        return match;
    })];

    /// <summary>Whether the list asks for the cookie.</summary>
    public static bool AskForCookie(JsonNode? matches, string cookie) => matches.Objects().Any(match =>
        CookieHeaders.Any(spelling => match["headers"] is JsonObject headers && (headers[spelling] as JsonObject)?["regex"].Text() == CookieText.Pattern(cookie)));

    private static IEnumerable<JsonObject> Alternatives(JsonNode? matches) =>
        matches.Objects().Any() ? matches.Objects().Select(match => match.DeepClone().AsObject()) : [[]];

    // Unlike Flagger, whatever the narrower one asks for is kept: a condition that is left out sends requests to the candidate that nobody meant.
    private static JsonObject Merge(JsonObject match, JsonObject narrow)
    {
        var merged = match.DeepClone().AsObject();
        foreach (var (field, value) in narrow)
        {
            if (Maps.Contains(field) && value is JsonObject entries && merged[field] is JsonObject present)
                foreach (var (key, entry) in entries)
                    present[key] = entry?.DeepClone();
            else
                merged[field] = value?.DeepClone();
        }
        return merged;
    }
}
