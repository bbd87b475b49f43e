using System.Text.Json.Nodes;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>How the traces write things, as one line of text each.</summary>
internal static class Notation
{
    public const string None = "none";

    public static string Final(string field) => $"final.{field}";

    public static string Text(JsonNode? value) => value switch
    {
        null => None,
        JsonArray items => List(items.Select(Text)),
        _ => value.ToString(),
    };

    /// <summary>The items in order, without repeats of the one before.</summary>
    public static string List(IEnumerable<string> items)
    {
        var distinct = new List<string>();
        foreach (var item in items)
        {
            if (distinct.Count == 0 || distinct[^1] != item)
                distinct.Add(item);
        }
        return distinct.Count == 0 ? None : string.Join(", ", distinct);
    }

    /// <summary>Every rule of a VirtualService as PRIMARY/CANARY, with what chooses its requests before and its mirror after.</summary>
    public static string Route(JsonObject route) => string.Join(" ; ", Rules(route).Select(rule =>
        $"{Choice(rule)}{Share(rule, "podinfo-primary")}/{Share(rule, "podinfo-canary")}{Mirror(rule)}"));

    /// <summary>The candidate's share of the requests that no cookie binds to a version.</summary>
    public static string Weight(JsonObject route) => Share(Rules(route).First(rule => Choice(rule) != Cookie), "podinfo-canary");

    private const string Cookie = "cookie ";

    private static IEnumerable<JsonNode> Rules(JsonObject route) => (route["spec"]?["http"]?.AsArray() ?? []).OfType<JsonNode>();

    private static string Choice(JsonNode rule)
    {
        if (rule["match"] is not JsonArray { Count: > 0 } matches)
            return "";
        var headers = matches.Select(match => match?["headers"]).OfType<JsonObject>().SelectMany(header => header);
        return headers.Any(header => header.Key.Equals("cookie", StringComparison.OrdinalIgnoreCase)) ? Cookie : "match ";
    }

    private static string Share(JsonNode rule, string host)
    {
        var entries = rule["route"]?.AsArray() ?? [];
        return entries.FirstOrDefault(entry => (string?)entry?["destination"]?["host"] == host) is not { } entry
            ? "-"
            : $"{(int?)entry["weight"] ?? (entries.Count == 1 ? 100 : 0)}";
    }

    private static string Mirror(JsonNode rule) =>
        rule["mirror"] is null ? "" : (double?)rule["mirrorPercentage"]?["value"] is { } percent and < 100 ? $" mirror {percent}%" : " mirror";
}
