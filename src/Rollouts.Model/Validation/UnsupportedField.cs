using System.Text.Json.Nodes;
using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Validation;

/// <summary>A field that the schema knows and this release does not act on.</summary>
/// <param name="Path">where it stands; <c>[]</c> for every item of a list</param>
/// <param name="Instead">the mend, after "this release does not act on it yet: "</param>
/// <param name="Accepted">the values that ask for nothing more than what this release does; an object stands for all that have its fields</param>
internal sealed record UnsupportedField(string Path, string Instead, params JsonNode[] Accepted)
{
    /// <summary>Whether the accepted words may be written in capitals too.</summary>
    public bool InAnyCase { get; init; }

    /// <summary>Adds an error for every value under <paramref name="root"/> at this path that asks for more.</summary>
    public void Check(JsonObject root, Findings findings) => Walk(root, Path.Split('.'), "", findings);

    private void Walk(JsonNode? node, ReadOnlySpan<string> rest, string path, Findings findings)
    {
        if (node is null)
            return;
        if (rest.IsEmpty)
        {
            if (!IsNothing(node) && !Accepted.Any(accepted => Covers(accepted, node)))
                findings.Error(path, $"this release does not act on it yet: {Instead}");
            return;
        }
        var name = rest[0].TrimEnd('[', ']');
        var below = path.Length == 0 ? name : $"{path}.{name}";
        var value = node is JsonObject fields ? fields[name] : null;
        if (!rest[0].EndsWith("[]", StringComparison.Ordinal))
            Walk(value, rest[1..], below, findings);
        else if (value is JsonArray items)
            for (var index = 0; index < items.Count; index++)
                Walk(items[index], rest[1..], $"{below}[{index}]", findings);
    }

    private bool Covers(JsonNode accepted, JsonNode node) =>
        accepted is JsonObject some && node is JsonObject all
            ? some.All(field => JsonNode.DeepEquals(field.Value, all[field.Key]))
            : JsonNode.DeepEquals(accepted, node) || (InAnyCase && IsSameWord(accepted, node));

    private static bool IsSameWord(JsonNode accepted, JsonNode node) =>
        JsonCursor.AsText(accepted) is { } word && string.Equals(word, JsonCursor.AsText(node), StringComparison.OrdinalIgnoreCase);

    private static bool IsNothing(JsonNode node) => node is JsonArray { Count: 0 } || (node is JsonValue value && value.TryGetValue<bool>(out var on) && !on);
}
