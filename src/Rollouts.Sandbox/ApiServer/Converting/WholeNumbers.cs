using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Converting;

/// <summary>Custom objects keep 2.0 as 2, as upstream reads every whole number into an integer.</summary>
internal static class WholeNumbers
{
    public static JsonObject Simplify(JsonObject obj)
    {
        foreach (var (name, value) in obj.ToList())
            if (Whole(value) is { } whole)
                obj[name] = whole;
            else
                Below(value);
        return obj;
    }

    private static void Below(JsonNode? node)
    {
        if (node is JsonObject members)
            Simplify(members);
        else if (node is JsonArray items)
            for (int i = 0; i < items.Count; i++)
                if (Whole(items[i]) is { } whole)
                    items[i] = whole;
                else
                    Below(items[i]);
    }

    private static long? Whole(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.ToJsonString() is var text
        && text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0 && value.TryGetValue(out double number)
        && Math.Abs(number) < 1L << 53 && Math.Floor(number) == number
            ? (long)number
            : null;
}
