using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Lifecycle;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>Deletes objects, or marks them as deleted where finalizers or a pod's grace period hold them.</summary>
internal sealed class Deleter(Store store, TimeProvider time, Action<KindDefinition, JsonObject> after)
{
    private static readonly string[] Protected = ["default", "kube-public", "kube-system"];

    private const string Orphan = "orphan", Foreground = "foregroundDeletion";

    /// <returns>The object as it was last, and whether it is gone now.</returns>
    public (JsonObject Last, bool Gone) Delete(KindDefinition definition, string? ns, string name, DeleteOptions options)
    {
        string key = ObjectMeta.Key(ns, name);
        while (true)
        {
            JsonObject current = store.Get(definition.Shelf, key) ?? throw Refusals.NotFound(definition.Kind, name);
            CheckPreconditions(definition, current, options);
            if (definition.Kind == Kinds.Namespaces && Protected.Contains(name))
                throw Refusals.Forbidden(definition.Kind, name, "this namespace may not be deleted");
            JsonObject marked = Mark(definition, current, options);
            bool gone = MayGo(marked);
            if (options.DryRun)
                return (gone ? current : marked, gone);
            if (gone && store.TryRemove(definition.Shelf, key, current) is { } revision)
                return (Last(definition, current, marked, revision), true);
            if (!gone && Json.Same(current, marked))
                return (current, false);
            if (!gone && store.TryPut(definition.Shelf, key, current, marked) is { } stored)
            {
                after(definition, stored);
                return (stored, false);
            }
        }
    }

    /// <summary>Whether nothing holds an object that is to be deleted; a namespace is held by what it contains.</summary>
    public static bool MayGo(JsonObject obj) =>
        !obj.Finalizers().Any()
        && (obj.NumberAt("metadata", "deletionGracePeriodSeconds") ?? 0) == 0
        && !(obj.TextAt("kind") == "Namespace" && obj.ArrayAt("spec", "finalizers") is { Count: > 0 });

    // The answer has the revision of the delete, and of a pod its grace period, which may have been cut short.
    private static JsonObject Last(KindDefinition definition, JsonObject current, JsonObject marked, long revision)
    {
        JsonObject last = definition.Kind == Kinds.Pods && current.IsDeleting() ? marked : current.Copy();
        last.Metadata()["resourceVersion"] = $"{revision}";
        return last;
    }

    private JsonObject Mark(KindDefinition definition, JsonObject current, DeleteOptions options)
    {
        JsonObject marked = current.Copy();
        JsonObject metadata = marked.Metadata();
        SetFinalizers(definition, marked, options);
        long grace = Grace(definition, current, options);
        if (current.IsDeleting() && (current.NumberAt("metadata", "deletionGracePeriodSeconds") ?? 0) <= grace)
            return marked;
        if (!current.IsDeleting() && definition.Kind == Kinds.CustomResourceDefinitions)
            MarkDefinition(marked);
        else if (!current.IsDeleting() && definition.HasGeneration)
            metadata["generation"] = (current.NumberAt("metadata", "generation") ?? 0) + 1;
        metadata["deletionTimestamp"] = (time.GetUtcNow() + TimeSpan.FromSeconds(grace)).Timestamp();
        metadata["deletionGracePeriodSeconds"] = grace;
        if (definition.Kind == Kinds.Namespaces)
            marked.Ensure("status")["phase"] = "Terminating";
        if (definition.Kind == Kinds.Namespaces || definition.Kind == Kinds.CustomResourceDefinitions)
            metadata.Remove("deletionGracePeriodSeconds");
        return marked;
    }

    private void MarkDefinition(JsonObject definition)
    {
        JsonObject metadata = definition.Metadata();
        metadata.Default("finalizers", new JsonArray());
        ((JsonArray)metadata["finalizers"]!).Add(DefinitionEnd.CleanUp);
        definition.Ensure("status").Default("conditions", new JsonArray());
        Conditions.Set((JsonArray)definition["status"]!["conditions"]!, "Terminating", "True", "InstanceDeletionPending",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", time);
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
            throw Refused(definition, current, $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid()}). The object might have been deleted and then recreated");
        if (options.ResourceVersion is { } rv && rv != current.ResourceVersion())
            throw Refused(definition, current, $"the ResourceVersion in the precondition ({rv}) does not match the ResourceVersion in record ({current.ResourceVersion()}). The object might have been modified");
    }

    private static ApiException Refused(KindDefinition definition, JsonObject current, string why) =>
        Refusals.Conflict(definition.Kind with { Plural = definition.Kind.Kind }, current.Name(), why);
}
