using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>The fields in which two documents differ. A member that is null counts as missing.</summary>
internal sealed record Comparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    private static readonly Comparison Same = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);

    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    public FieldSet Written => Added.Union(Modified);

    public static Comparison Of(JsonNode? before, JsonNode? after, FieldSchema schema)
    {
        if (before is null && after is null)
            return Same;
        if (Parts(before, after, schema) is not { } parts)
            return OfLeaf(before, after);

        var below = parts.Select(p => (p.Element, Difference: Of(p.Before, p.After, p.Schema))).ToList();
        return new(
            FieldSet.Of(below.Select(b => KeyValuePair.Create(b.Element, b.Difference.Added)), owned: before is null),
            FieldSet.Of(below.Select(b => KeyValuePair.Create(b.Element, b.Difference.Modified))),
            FieldSet.Of(below.Select(b => KeyValuePair.Create(b.Element, b.Difference.Removed)), owned: after is null));
    }

    private static Comparison OfLeaf(JsonNode? before, JsonNode? after) => (before, after) switch
    {
        (null, _) => Same with { Added = FieldSet.Leaf },
        (_, null) => Same with { Removed = FieldSet.Leaf },
        _ => JsonNode.DeepEquals(before, after) ? Same : Same with { Modified = FieldSet.Leaf },
    };

    private static IEnumerable<Part>? Parts(JsonNode? before, JsonNode? after, FieldSchema schema)
    {
        if (IsEmpty(before) && IsEmpty(after))
            return null;
        if ((before ?? after) is JsonObject && (after ?? before) is JsonObject && !schema.Atomic)
        {
            var (one, other) = (before as JsonObject, after as JsonObject);
            return Names(one, other).Select(name => new Part(
                PathElements.Field(name), one?[name], other?[name], schema.Member(name) ?? FieldSchema.Untyped));
        }

        var (items, others) = (TypedValue.Items(before ?? new JsonArray(), schema), TypedValue.Items(after ?? new JsonArray(), schema));
        if (items is null || others is null)
            return null;
        var (byElement, othersByElement) = (items.ToDictionary(), others.ToDictionary());
        return byElement.Keys.Union(othersByElement.Keys).Select(element => new Part(
            element, byElement.GetValueOrDefault(element), othersByElement.GetValueOrDefault(element), schema.Element!));
    }

    private static IEnumerable<string> Names(JsonObject? one, JsonObject? other) =>
        (one ?? []).Select(m => m.Key).Union((other ?? []).Select(m => m.Key));

    private static bool IsEmpty(JsonNode? node) => node is null or JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private sealed record Part(string Element, JsonNode? Before, JsonNode? After, FieldSchema Schema);
}
