using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>Lists of a strategic merge patch whose items are told apart by a merge key, or are words.</summary>
internal static class StrategicLists
{
    public static JsonArray Merge(JsonArray target, JsonArray patch, FieldSchema schema)
    {
        if (patch.OfType<JsonObject>().Any(item => StrategicDirectives.Command(item) is "replace"))
            return StrategicDirectives.Content(patch)!.AsArray();

        var before = WithoutDeleted(target, patch, schema);
        var changes = new JsonArray([.. patch.Where(item => Command(item) is not "delete").Select(item => item?.DeepClone())]);
        var merged = before.DeepClone().AsArray();
        foreach (var change in changes)
        {
            var place = IndexOf(merged, change, schema);
            if (place < 0)
                merged.Add(StrategicDirectives.Content(change));
            else if (merged[place] is JsonObject existing && change is JsonObject patchItem)
                merged[place] = StrategicMergePatch.MergeObject(existing, patchItem, schema.Element);
        }

        return Ordered(merged, changes, before, schema);
    }

    /// <summary>
    /// The items in the wanted order; those that are not named there keep their order and stand behind the named ones, except
    /// where the server had them in front.
    /// </summary>
    public static JsonArray Ordered(JsonArray items, JsonArray wanted, JsonArray server, FieldSchema schema)
    {
        var named = Sorted(items.Where(i => IndexOf(wanted, i, schema) >= 0), wanted, schema);
        var others = Sorted(items.Where(i => IndexOf(wanted, i, schema) < 0), server, schema);
        var ordered = new JsonArray();
        while (named.Count + others.Count > 0)
        {
            var from = others.Count > 0 && (named.Count == 0 || Before(others.Peek(), named.Peek(), server, schema)) ? others : named;
            ordered.Add(from.Dequeue()?.DeepClone());
        }

        return ordered;
    }

    public static void CheckOrder(JsonArray changes, JsonArray wanted, FieldSchema schema, string name)
    {
        var places = changes.Where(c => Command(c) is not "delete").Select(c => IndexOf(wanted, c, schema)).ToList();
        if (places.Any(p => p < 0) || places.Zip(places.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            var order = $"{StrategicDirectives.Order}{name} list:\n{GoText.Of(wanted)}\n";
            throw StrategicDirectives.Refused($"The order in patch list:\n{GoText.Of(changes)}\n doesn't match {order}");
        }
    }

    private static JsonArray WithoutDeleted(JsonArray target, JsonArray patch, FieldSchema schema)
    {
        var deleted = new JsonArray();
        foreach (var item in patch.OfType<JsonObject>())
        {
            if (Command(item) is "delete")
                deleted.Add(item.DeepClone());
            else if (Command(item) is not null)
                throw StrategicDirectives.Unknown(item);
        }

        return new JsonArray([.. target.Where(i => IndexOf(deleted, i, schema) < 0).Select(i => i?.DeepClone())]);
    }

    private static Queue<JsonNode?> Sorted(IEnumerable<JsonNode?> items, JsonArray order, FieldSchema schema) =>
        new(items.OrderBy(i => IndexOf(order, i, schema)));

    private static bool Before(JsonNode? one, JsonNode? other, JsonArray server, FieldSchema schema)
    {
        var (a, b) = (IndexOf(server, one, schema), IndexOf(server, other, schema));
        return a >= 0 && b >= 0 && a < b;
    }

    private static int IndexOf(JsonArray list, JsonNode? item, FieldSchema schema)
    {
        var key = Key(item, schema);
        for (var i = 0; i < list.Count; i++)
        {
            if (JsonNode.DeepEquals(Key(list[i], schema), key))
                return i;
        }

        return -1;
    }

    private static JsonNode? Key(JsonNode? item, FieldSchema schema)
    {
        if (schema.MergeKey is not { } name)
            return item;
        if (item is not JsonObject obj || !obj.TryGetPropertyValue(name, out var value))
            throw StrategicDirectives.Refused($"map: {GoText.Of(item)} does not contain declared merge key: {name}");
        return value;
    }

    private static string? Command(JsonNode? item) => item is JsonObject obj ? StrategicDirectives.Command(obj) : null;
}
