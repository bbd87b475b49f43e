using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>
/// Strategic merge patch: a merge patch in which the schema says which lists merge by item, and in which <c>$patch</c>,
/// <c>$retainKeys</c>, <c>$setElementOrder/list</c> and <c>$deleteFromPrimitiveList/list</c> are commands. Follows
/// apimachinery's strategicpatch package.
/// </summary>
public static class StrategicMergePatch
{
    /// <returns>A document of its own; no argument is changed.</returns>
    /// <exception cref="ApiException">
    /// 500 for an item without its merge key and for a command that nobody knows; 400 for a command with the wrong arguments.
    /// </exception>
    public static JsonObject Apply(JsonObject target, JsonObject patch, FieldSchema schema) => MergeObject(target, patch, schema);

    /// <summary>The same for a patch as it came in a request.</summary>
    /// <exception cref="ApiException">Also 400 where the patch is not an object.</exception>
    public static JsonObject ApplyRequest(JsonObject target, JsonNode? patch, FieldSchema schema) => patch is JsonObject changes
        ? Apply(target, changes, schema)
        : throw MalformedPatch.Because(patch, "map[string]interface {}");

    internal static JsonObject MergeObject(JsonObject target, JsonObject patch, FieldSchema? schema)
    {
        switch (StrategicDirectives.Command(patch))
        {
            case "replace":
                return StrategicDirectives.Content(patch)!.AsObject();
            case "delete":
                return [];
            case null or "merge":
                break;
            default:
                throw StrategicDirectives.Unknown(patch);
        }

        var merged = target.DeepClone().AsObject();
        Retain(merged, patch);
        foreach (var (name, change) in patch)
        {
            if (name.StartsWith(StrategicDirectives.DeleteWords, StringComparison.Ordinal))
                DeleteWords(merged, name[StrategicDirectives.DeleteWords.Length..], change);
            else if (!StrategicDirectives.IsDirective(name))
                MergeMember(merged, name, change, schema?.Member(name));
        }

        foreach (var (name, order) in patch.Where(m => m.Key.StartsWith(StrategicDirectives.Order, StringComparison.Ordinal)))
            SetOrder(merged, target, patch, name[StrategicDirectives.Order.Length..], order, schema);
        return merged;
    }

    private static void MergeMember(JsonObject merged, string name, JsonNode? change, FieldSchema? schema)
    {
        if (change is null)
            merged.Remove(name);
        else
            merged[name] = Merge(merged[name], change, schema);
    }

    private static JsonNode? Merge(JsonNode? before, JsonNode change, FieldSchema? schema) => (before, change) switch
    {
        (JsonObject target, JsonObject patch) => MergeObject(target, patch, schema),
        (JsonArray target, JsonArray patch) when schema?.MergeKey is not null || schema?.MergesWords is true =>
            StrategicLists.Merge(target, patch, schema),
        _ => StrategicDirectives.Content(change),
    };

    private static void Retain(JsonObject merged, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(StrategicDirectives.RetainKeys, out var directive))
            return;
        var kept = (directive as JsonArray)?.Select(GoText.Of).ToHashSet();
        if (kept is null || patch.Any(m => m.Value is not null && !StrategicDirectives.IsDirective(m.Key) && !kept.Contains(m.Key)))
            throw StrategicDirectives.Malformed("invalid patch format of retainKeys");
        foreach (var name in merged.Select(m => m.Key).Where(name => !kept.Contains(name)).ToList())
            merged.Remove(name);
    }

    private static void DeleteWords(JsonObject merged, string name, JsonNode? words)
    {
        if (words is not JsonArray gone || gone.Any(w => w?.GetValueKind() is JsonValueKind.Object or JsonValueKind.Array))
            throw StrategicDirectives.Malformed("invalid patch format of primitive list");
        if (merged[name] is JsonArray list)
            merged[name] = new JsonArray([.. list.Where(i => !gone.Any(g => JsonNode.DeepEquals(g, i))).Select(i => i?.DeepClone())]);
    }

    private static void SetOrder(
        JsonObject merged, JsonObject target, JsonObject patch, string name, JsonNode? order, FieldSchema? schema)
    {
        if (order is not JsonArray wanted)
            throw StrategicDirectives.Malformed("invalid patch format of setElementOrder list");
        if (schema?.Member(name) is not { } list)
            return;
        if (patch[name] is JsonArray changes)
            StrategicLists.CheckOrder(changes, wanted, list, name);
        if (merged[name] is JsonArray items)
            merged[name] = StrategicLists.Ordered(items, wanted, target[name] as JsonArray ?? [], list);
    }
}
