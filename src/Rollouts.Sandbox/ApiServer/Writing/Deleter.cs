using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>Deletes objects, or marks them as deleted where finalizers or a pod's grace period hold them.</summary>
internal sealed class Deleter(Store store, TimeProvider time)
{
    private const string Orphan = "orphan", Foreground = "foregroundDeletion";

    /// <returns>The object as it was last, and whether it is gone now.</returns>
    public (JsonObject Last, bool Gone) Delete(KindDefinition definition, string? ns, string name, DeleteOptions options)
    {
        string key = ObjectMeta.Key(ns, name);
        while (true)
        {
            JsonObject current = store.Get(definition.Shelf, key) ?? throw Refusals.NotFound(definition.Kind, name);
            CheckPreconditions(definition, current, options);
            JsonObject marked = Mark(definition, current, options);
            bool gone = !marked.Finalizers().Any()
                && (marked.NumberAt("metadata", "deletionGracePeriodSeconds") ?? 0) == 0
                && marked.ArrayAt("spec", "finalizers") is not { Count: > 0 };
            if (options.DryRun)
                return (gone ? current : marked, gone);
            if (gone ? store.TryRemove(definition.Shelf, key, current) : Json.Same(current, marked))
                return (current, gone);
            if (!gone && store.TryPut(definition.Shelf, key, current, marked) is { } stored)
                return (stored, false);
        }
    }

    private JsonObject Mark(KindDefinition definition, JsonObject current, DeleteOptions options)
    {
        JsonObject marked = current.Copy();
        JsonObject metadata = marked.Metadata();
        SetFinalizers(definition, marked, options);
        long grace = Grace(definition, current, options);
        if (current.IsDeleting() && (current.NumberAt("metadata", "deletionGracePeriodSeconds") ?? 0) <= grace)
            return marked;
        if (!current.IsDeleting() && definition.HasGeneration)
            metadata["generation"] = (current.NumberAt("metadata", "generation") ?? 0) + 1;
        metadata["deletionTimestamp"] = (time.GetUtcNow() + TimeSpan.FromSeconds(grace)).Timestamp();
        metadata["deletionGracePeriodSeconds"] = grace;
        if (definition.Kind == Kinds.Namespaces)
        {
            marked.Ensure("status")["phase"] = "Terminating";
            metadata.Remove("deletionGracePeriodSeconds");
        }
        return marked;
    }

    private static void SetFinalizers(KindDefinition definition, JsonObject marked, DeleteOptions options)
    {
        string? added = options.Propagation switch
        {
            "Orphan" => Orphan,
            "Foreground" => Foreground,
            // Jobs and replication controllers are older than garbage collection, and keep the default of that time.
            null when definition.Kind == Kinds.Jobs || definition.Kind == Kinds.ReplicationControllers => Orphan,
            _ => null,
        };
        if (options.Propagation is null && added is null)
            return;
        List<string> kept = [.. marked.Finalizers().Where(f => f is not (Orphan or Foreground))];
        if (added is not null)
            kept.Add(added);
        marked.Metadata().Put("finalizers", kept.Count == 0 ? null : new JsonArray([.. kept.Select(f => (JsonNode)f)]));
    }

    private static long Grace(KindDefinition definition, JsonObject current, DeleteOptions options)
    {
        if (definition.Kind != Kinds.Pods)
            return 0;
        if (current.TextAt("spec", "nodeName") is null or "" || current.TextAt("status", "phase") is "Succeeded" or "Failed")
            return 0;
        return options.GracePeriod ?? current.NumberAt("spec", "terminationGracePeriodSeconds") ?? 30;
    }

    private static void CheckPreconditions(KindDefinition definition, JsonObject current, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != current.Uid())
            throw Refusals.Conflict(definition.Kind, current.Name(),
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid()}");
        if (options.ResourceVersion is { } rv && rv != current.ResourceVersion())
            throw Refusals.Conflict(definition.Kind, current.Name(),
                $"Precondition failed: ResourceVersion in precondition: {rv}, ResourceVersion in object meta: {current.ResourceVersion()}");
    }
}
