using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>Putting an applied configuration over a live object, and taking places out of a document.</summary>
internal static class TypedMerge
{
    /// <returns>
    /// What is applied, and of the live document what the applied one does not speak of. A null that is applied stays a null: the
    /// decoder knows what it means there.
    /// </returns>
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, FieldSchema schema)
    {
        if (applied is null || live is null)
            return (applied ?? live)?.DeepClone();
        if (TypedValue.Granular(live, schema) is { } before && TypedValue.Granular(applied, schema) is { } changes)
        {
            var merged = before.DeepClone().AsObject();
            foreach (var (name, change) in changes)
                merged[name] = change is null ? null : Merge(before[name], change, schema.Member(name) ?? FieldSchema.Untyped);
            return merged;
        }

        return TypedValue.Items(live, schema) is { } items && TypedValue.Items(applied, schema) is { } others
            ? MergeItems(items, others, schema.Element!)
            : applied.DeepClone();
    }

    /// <summary>Without the places of the set. An object or list that loses its last part by this goes too.</summary>
    public static JsonNode? Remove(JsonNode? node, FieldSet gone, FieldSchema schema)
    {
        if (gone.Children.IsEmpty)
            return node?.DeepClone();
        if (TypedValue.Granular(node, schema) is { } obj)
        {
            var kept = new JsonObject(
                from member in obj
                let below = gone.Child(PathElements.Field(member.Key))
                where !below.Owned
                let rest = Remove(member.Value, below, schema.Member(member.Key) ?? FieldSchema.Untyped)
                where rest is not null || member.Value is null
                select KeyValuePair.Create(member.Key, rest));
            return kept.Count > 0 ? kept : null;
        }

        if (TypedValue.Items(node, schema) is not { } items)
            return node?.DeepClone();
        var rests = new JsonArray([..
            items.Where(i => !gone.Child(i.Key).Owned).Select(i => Remove(i.Value, gone.Child(i.Key), schema.Element!))]);
        return rests.Count > 0 ? rests : null;
    }

    /// <summary>
    /// Items of both lists in an order that keeps each list's own; where they contradict, the applied one wins. Items that only
    /// the live list has stay where they are among the shared ones.
    /// </summary>
    private static JsonArray MergeItems(
        IReadOnlyList<KeyValuePair<string, JsonNode?>> live, IReadOnlyList<KeyValuePair<string, JsonNode?>> applied, FieldSchema item)
    {
        var (before, wanted) = (live.ToDictionary(), applied.ToDictionary());
        var shared = new Queue<string>(applied.Select(a => a.Key).Where(before.ContainsKey));
        var taken = new HashSet<string>();
        var merged = new JsonArray();
        for (var (l, r) = (0, 0); l < live.Count || r < applied.Count;)
        {
            var (mine, theirs) = (l < live.Count ? live[l].Key : null, r < applied.Count ? applied[r].Key : null);
            if (mine is not null && !wanted.ContainsKey(mine))
            {
                merged.Add(live[l++].Value?.DeepClone());
            }
            else if (mine is not null && mine != theirs && (taken.Contains(mine) || (shared.TryPeek(out var next) && next != mine)))
            {
                l++;
            }
            else if (theirs is not null)
            {
                merged.Add(Merge(before.GetValueOrDefault(theirs), applied[r].Value, item));
                taken.Add(theirs);
                r++;
                if (mine == theirs)
                    l++;
                if (shared.TryPeek(out var current) && current == theirs)
                    shared.Dequeue();
            }
        }

        return merged;
    }
}
