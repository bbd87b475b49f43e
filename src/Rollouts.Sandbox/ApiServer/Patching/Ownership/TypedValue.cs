using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>Reading a document by its schema as structured-merge-diff does: what is one value, and what merges by part.</summary>
internal static class TypedValue
{
    /// <summary>An object whose members have owners of their own.</summary>
    public static JsonObject? Granular(JsonNode? node, FieldSchema schema) => node is JsonObject obj && !schema.Atomic ? obj : null;

    /// <summary>The items of a list that have owners of their own, by path element; of doubles the first counts.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonNode?>>? Items(JsonNode? node, FieldSchema schema)
    {
        if (node is not JsonArray list || schema.Type != FieldType.List || schema.List == ListKind.Atomic)
            return null;
        return [.. (
            from item in list
            let element = PathElements.Item(item, schema)
            where element is not null
            select KeyValuePair.Create(element, item)).DistinctBy(i => i.Key)];
    }

    /// <summary>A struct's field, in contrast to a key of a map: it is there only as long as something is in it.</summary>
    public static bool IsNamedField(FieldSchema schema, string name) =>
        schema.Type == FieldType.Object && schema.Members.ContainsKey(name);

    /// <returns>What someone owns who wrote this document.</returns>
    public static FieldSet Fields(JsonNode? node, FieldSchema schema)
    {
        if (Granular(node, schema) is { } obj)
        {
            return FieldSet.Of(
                from member in obj
                let below = schema.Member(member.Key) ?? FieldSchema.Untyped
                let fields = FieldsOfMember(member.Value, below, IsNamedField(schema, member.Key))
                select KeyValuePair.Create(PathElements.Field(member.Key), fields));
        }

        return Items(node, schema) is { } items
            ? FieldSet.Of(items.Select(i => KeyValuePair.Create(i.Key, Fields(i.Value, schema.Element!) with { Owned = true })))
            : FieldSet.Leaf;
    }

    /// <summary>The set with every struct field on the way to a member in it, so that a struct goes with its last field.</summary>
    public static FieldSet WithNamedFields(FieldSet set, FieldSchema schema) => set with
    {
        Children = set.Children.ToImmutableSortedDictionary(
            c => c.Key, c => WithNamedFields(c.Key, c.Value, schema), StringComparer.Ordinal),
    };

    private static FieldSet WithNamedFields(string element, FieldSet child, FieldSchema schema)
    {
        var name = element.StartsWith("f:", StringComparison.Ordinal) ? element[2..] : null;
        var below = (name is null ? schema.Element : schema.Member(name)) ?? FieldSchema.Untyped;
        var inner = WithNamedFields(child, below);
        return name is not null && IsNamedField(schema, name) ? inner with { Owned = true } : inner;
    }

    private static FieldSet FieldsOfMember(JsonNode? value, FieldSchema schema, bool named)
    {
        var below = Fields(value, schema);
        return !named || value is null or JsonObject { Count: 0 } ? below with { Owned = true } : below;
    }
}
