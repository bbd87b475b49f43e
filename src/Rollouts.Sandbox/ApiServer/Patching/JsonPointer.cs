using System.Globalization;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>A JSON pointer, RFC 6901, split into its unescaped segments.</summary>
internal sealed record JsonPointer(IReadOnlyList<string> Segments)
{
    public static JsonPointer Parse(string text) => new([.. text.Split('/').Skip(1).Select(s => s.Replace("~1", "/").Replace("~0", "~"))]);

    public JsonPointer Parent => new([.. Segments.SkipLast(1)]);

    /// <returns>Whether there is such a place; what stands there can be null all the same.</returns>
    public bool TryFind(JsonNode? document, out JsonNode? found)
    {
        found = document;
        foreach (var segment in Segments)
        {
            if (found is JsonObject obj && obj.TryGetPropertyValue(segment, out var member))
                found = member;
            else if (found is JsonArray list && Index(segment) is { } index && index < list.Count)
                found = list[index];
            else
                return false;
        }

        return true;
    }

    private static int? Index(string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
