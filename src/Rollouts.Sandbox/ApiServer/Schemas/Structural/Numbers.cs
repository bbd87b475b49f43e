using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>JSON numbers as schemas compare them.</summary>
internal static class Numbers
{
    public static bool TryRead(JsonNode? node, out decimal number)
    {
        number = 0;
        return node is JsonValue && node.GetValueKind() == JsonValueKind.Number
            && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A fraction of nothing is whole: 2.0 is an integer, as with a real server.</summary>
    public static bool IsWhole(JsonNode node) => TryRead(node, out var number) && decimal.Truncate(number) == number;

    /// <returns>A copy in which 2.0 is 2 and 1e3 is 1000, as Go writes a number that it has read.</returns>
    public static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(obj.Select(m => KeyValuePair.Create(m.Key, Canonical(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Canonical)]),
        _ when TryRead(node, out var number) && node!.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E') => JsonNode.Parse(Text(number)),
        _ => node?.DeepClone(),
    };

    public static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
