using System.Text.Json.Nodes;

namespace Rollouts.Core.Routing;

/// <summary>Reading and shaping of objects whose full form we do not know.</summary>
internal static class JsonShape
{
    /// <summary>The object under the name, made where it is missing or something else stands there.</summary>
    public static JsonObject Section(this JsonObject parent, string name)
    {
        if (parent[name] is JsonObject section)
            return section;
        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static int? Integer(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    public static double? Number(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : node.Integer();

    public static IEnumerable<JsonObject> Objects(this JsonNode? list) => list is JsonArray array ? array.OfType<JsonObject>() : [];

    /// <summary>Sets every pair, and leaves what else stands there.</summary>
    public static void Put(this JsonObject map, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach (var (key, value) in pairs)
            map[key] = value;
    }
}
