using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Patching.Ownership;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>
/// Server-side apply: merging a configuration by ownership of fields. Follows structured-merge-diff's updater and the API
/// server's field managers around it.
/// </summary>
public static class ServerSideApply
{
    /// <param name="live">The object as it is; null where it is to be made.</param>
    /// <param name="applied">The configuration; managedFields in it are the caller's to refuse.</param>
    /// <param name="force">Take over what others own.</param>
    /// <returns>
    /// The live object with what is applied and without what the manager applied before and nobody else owns, and with new
    /// managedFields. Where nothing changes, times too are those of before. Decoding, defaulting and validation are the caller's.
    /// </returns>
    /// <exception cref="ApiException">409 with a cause for each conflict; 500 for a field unknown to the schema or a key twice.</exception>
    public static JsonObject Apply(JsonObject? live, JsonObject applied, FieldWriter writer, bool force, FieldSchema schema)
    {
        var configuration = Writable(applied, writer);
        RequireTyped(configuration, schema);
        var applier = FieldManager.Of(writer, FieldManager.Apply);
        var before = live ?? [];
        var managed = OwnersBeforeFirstApply(live, ManagedFields.Read(live), writer, schema);

        var last = managed.Of(applier);
        managed = managed.With(applier, writer.ApiVersion, OwnFields.Of(configuration, schema), since: null);
        var merged = Pruning.Prune(TypedMerge.Merge(before, configuration, schema)!.AsObject(), last, managed, schema);

        var difference = Comparison.Of(before, merged, schema);
        var conflicts = ApplyConflicts.Find(managed, applier, difference.Written);
        if (writer.Manager == LastApplied.Manager && live is not null)
            conflicts = conflicts.Without(LastApplied.Fields(live, schema));
        if (!force && conflicts.Conflicts.Count > 0)
            throw conflicts.ToException();

        managed = managed.Without(difference.Written.Union(difference.Removed), except: applier);
        if (!OwnFields.Strip(difference.Written.Union(difference.Removed)).IsEmpty)
            managed = managed.With(applier, writer.ApiVersion, managed.Of(applier), ManagedFields.Timestamp(writer.Now));
        var result = managed.WriteTo(merged);
        return writer.Manager == LastApplied.Manager ? LastApplied.Rewrite(live, result, configuration) : result;
    }

    /// <summary>The managedFields of a create, replace or any patch but apply.</summary>
    /// <param name="before">The object as it was; null for a create.</param>
    /// <param name="after">As it is to be, defaults filled in, addresses not yet. Its own managedFields count, if it has any.</param>
    /// <returns>A copy of <paramref name="after"/> with new managedFields.</returns>
    public static JsonObject TrackUpdate(JsonObject? before, JsonObject after, FieldWriter writer, FieldSchema schema)
    {
        var managed = IsReset(after) ? ManagedFields.None : ManagedFields.Read(after);
        if (managed.Entries.IsEmpty && !IsReset(after))
            managed = ManagedFields.Read(before);

        // An object whose owners are not known does not begin to have some by an update.
        if (before is not null && managed.Entries.IsEmpty)
            return managed.WriteTo(after);

        var manager = FieldManager.Of(writer, FieldManager.Update);
        var difference = Comparison.Of(before ?? EmptyObject.Of(schema), after, schema);
        managed = managed.Without(difference.Written.Union(difference.Removed), except: null);
        var written = OwnFields.Strip(difference.Written).WithoutBelow(Unwritable(writer));
        if (!written.IsEmpty)
        {
            var since = writer.Subresource == "scale" ? null : ManagedFields.Timestamp(writer.Now);
            managed = managed.With(manager, writer.ApiVersion, managed.Of(manager).Union(written), since);
        }

        return managed.WriteTo(after);
    }

    private static ManagedFields OwnersBeforeFirstApply(JsonObject? live, ManagedFields managed, FieldWriter writer, FieldSchema schema)
    {
        if (live is null || !managed.Entries.IsEmpty)
            return managed;
        var unknown = writer with { Manager = "before-first-apply", Subresource = null };
        return managed.With(
            FieldManager.Of(unknown, FieldManager.Update),
            writer.ApiVersion,
            OwnFields.Strip(Comparison.Of(EmptyObject.Of(schema), live, schema).Written),
            ManagedFields.Timestamp(writer.Now));
    }

    private static void RequireTyped(JsonObject applied, FieldSchema schema)
    {
        var faults = TypedCheck.Faults(applied, schema).ToList();
        if (faults.Count == 0)
            return;
        var metadata = applied["metadata"];
        var apiVersion = applied["apiVersion"]?.GetValue<string>() ?? "";
        var groupVersion = apiVersion.Contains('/') ? apiVersion : $"/{apiVersion}";
        var text = faults.Count == 1 ? faults[0] : $"errors:\n{string.Join('\n', faults.Select(f => $"  {f}"))}";
        var name = $"{metadata?["namespace"]}/{metadata?["name"]}; {groupVersion}, Kind={applied["kind"]}";
        throw new ApiException(500, "", $"failed to create typed patch object ({name}): {text}");
    }

    private static JsonObject Writable(JsonObject applied, FieldWriter writer)
    {
        var writable = applied.DeepClone().AsObject();

        // Clients written in Go send this null with every object.
        if (writable["metadata"] is JsonObject metadata && metadata["creationTimestamp"] is null)
            metadata.Remove("creationTimestamp");
        if (writer.Subresource == "status")
        {
            writable.Remove("spec");
            (writable["metadata"] as JsonObject)?.Remove("labels");
            (writable["metadata"] as JsonObject)?.Remove("annotations");
        }
        else if (writer.StatusApart)
        {
            writable.Remove("status");
        }

        return writable;
    }

    private static FieldSet Unwritable(FieldWriter writer) => writer is { StatusApart: true, Subresource: null }
        ? FieldSet.Of([KeyValuePair.Create(PathElements.Field("status"), FieldSet.Leaf)])
        : FieldSet.Empty;

    /// <summary>managedFields of one empty entry, or of none, ask to forget all owners.</summary>
    private static bool IsReset(JsonObject after) =>
        after["metadata"]?["managedFields"] is JsonArray entries && entries is [] or [JsonObject { Count: 0 }];
}
