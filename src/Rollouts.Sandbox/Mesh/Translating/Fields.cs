using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>
/// Reads of untyped objects that routes need beside the common ones. What is absent or of another type reads as null or empty:
/// a proxy must not fall over a user's route.
/// </summary>
internal static class Fields
{
    public static double? DecimalAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
            : null;

    public static IEnumerable<string> TextsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.ArrayAt(path)?.Select(Json.AsText).OfType<string>() ?? [];

    public static IEnumerable<KeyValuePair<string, JsonNode?>> EntriesAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.ObjectAt(path) ?? [];

    /// <summary>A map of text to text, such as labels.</summary>
    public static IReadOnlyDictionary<string, string> MapAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.EntriesAt(path).Where(entry => entry.Value.AsText() is not null).ToDictionary(entry => entry.Key, entry => entry.Value.AsText() ?? "");
}
