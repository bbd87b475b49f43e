using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>Taking away what a manager applied before and applies no longer.</summary>
internal static class Pruning
{
    /// <param name="last">What the manager owned before.</param>
    /// <param name="managed">Who owns what, with what the manager applies now.</param>
    public static JsonObject Prune(JsonObject merged, FieldSet last, ManagedFields managed, FieldSchema schema)
    {
        if (last.IsEmpty)
            return merged;
        var candidates = TypedValue.WithNamedFields(last, schema);
        var pruned = TypedMerge.Remove(merged, candidates, schema);

        // What another manager owns comes back; so does what hung below a removed field without being applied itself.
        var present = TypedValue.WithNamedFields(TypedValue.Fields(merged, schema), schema);
        var kept = TypedValue.WithNamedFields(TypedValue.Fields(pruned ?? new JsonObject(), schema), schema)
            .Union(TypedValue.WithNamedFields(managed.All(), schema));
        return TypedMerge.Remove(merged, present.Without(kept).Intersect(candidates), schema) as JsonObject ?? [];
    }
}
