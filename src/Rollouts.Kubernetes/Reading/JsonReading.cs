using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Reading;

/// <summary>
/// Reads fields of untyped objects by path. What is absent, null or of another type reads as null (or empty): an object that
/// someone else wrote must never throw while it is looked at.
/// </summary>
public static class JsonReading
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (node is not JsonObject obj || !obj.TryGetPropertyValue(name, out node))
                return null;
        }

        return node;
    }

    public static JsonObject? Object(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool? Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>A whole number; 3.0 counts as one, as in Go's JSON, and "3" does not.</summary>
    public static long? Integer(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Number(path) is { } number && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;

    public static decimal? Number(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        if (node.At(path) is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
            return null;
        // A JsonValue answers only for the type it was made of, so a number made in code (int, long, double) is read by its text.
        return decimal.TryParse(value.ToJsonString(), System.Globalization.NumberStyles.Float, null, out var number) ? number : null;
    }

    /// <summary>The objects of a list; what is no object is left out.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <summary>The texts of a list of strings.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray items ? items.Select(item => item.Text()).OfType<string>() : [];

    /// <summary>Labels, annotations, selectors: the members whose value is text.</summary>
    public static IReadOnlyDictionary<string, string> TextMap(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Object(path) ?? [])
        {
            if (value.Text() is { } text)
                map[name] = text;
        }

        return map;
    }

    /// <summary>The item of <c>status.conditions</c> of that type.</summary>
    public static JsonObject? Condition(this JsonObject obj, string type) =>
        obj.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);
}
