using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>What came of a write, in the stored version.</summary>
internal sealed record Written(JsonObject Object, bool Created = false);

/// <summary>Creates and replaces objects by the rules that all kinds share.</summary>
internal sealed class Writer(Store store, Admission admission, Identities identities, TimeProvider time)
{
    public Written Create(KindDefinition definition, string version, string? ns, JsonObject body, WriteOptions options)
    {
        JsonObject obj = Codec.Decode(definition, version, body, options);
        if (obj.ResourceVersion().Length > 0)
            throw Refusals.Internal("resourceVersion should not be set on objects to be created");
        return CreateDecoded(definition, ns, obj, options);
    }

    /// <summary>PUT and every kind of PATCH: what is stored, changed by a function of it until no other write comes in between.</summary>
    /// <param name="change">Given what is stored in the version of the request, makes what is to be stored; null where nothing is.</param>
    public Written Update(
        KindDefinition definition, string version, string? ns, string name, Func<JsonObject?, JsonObject?> change, WriteOptions options)
    {
        string key = ObjectMeta.Key(ns, name);
        while (true)
        {
            JsonObject? current = store.Get(definition.Shelf, key);
            JsonObject? wanted = change(current is null ? null : Codec.Encode(definition, version, current));
            if (wanted is null)
                throw Refusals.NotFound(definition.Kind, name);
            JsonObject next = Codec.Decode(definition, version, wanted, options);
            if (current is null)
            {
                next.Metadata().Remove("resourceVersion");
                return CreateDecoded(definition, ns, next, options);
            }
            if (Replace(definition, key, current, next, options) is { } written)
                return written;
            if (next.ResourceVersion() is { Length: > 0 } rv && rv != current.ResourceVersion())
                throw Refusals.Modified(definition.Kind, name);
        }
    }

    private Written CreateDecoded(KindDefinition definition, string? ns, JsonObject obj, WriteOptions options)
    {
        JsonObject metadata = obj.Metadata();
        if (definition.Kind.Namespaced)
            metadata.Put("namespace", obj.Namespace() ?? ns);
        else
            metadata.Remove("namespace");
        if (obj.Name().Length == 0 && metadata.TextAt("generateName") is { Length: > 0 } prefix)
            metadata["name"] = identities.Name(prefix);
        metadata["uid"] = identities.Uid();
        metadata["creationTimestamp"] = time.Timestamp();
        metadata.Remove("deletionTimestamp");
        metadata.Remove("deletionGracePeriodSeconds");
        metadata.Put("generation", definition.HasGeneration ? 1 : null);
        Admission.PrepareCreate(definition, obj);
        Admission.Validate(definition, obj, null, options);
        string key = obj.Key();
        admission.CheckNamespace(definition, obj);
        if (store.Get(definition.Shelf, key) is not null)
            throw Refusals.AlreadyExists(definition.Kind, obj.Name());
        if (options.DryRun)
            return new Written(obj, Created: true);
        JsonObject stored = store.TryPut(definition.Shelf, key, null, obj)
            ?? throw Refusals.AlreadyExists(definition.Kind, obj.Name());
        return new Written(stored, Created: true);
    }

    // null: another write came in between.
    private Written? Replace(KindDefinition definition, string key, JsonObject current, JsonObject next, WriteOptions options)
    {
        CheckPreconditions(definition, current, next);
        KeepWhatTheServerOwns(definition, current, next);
        Admission.PrepareUpdate(definition, current, next, options.Subresource);
        if (definition.HasGeneration)
            CountGeneration(definition, current, next);
        Admission.Validate(definition, next, current, options);
        if (Json.Same(current, next))
            return new Written(current);
        if (options.DryRun)
            return new Written(next);
        if (MayGo(definition, next) && current.IsDeleting())
            return store.TryRemove(definition.Shelf, key, current) ? new Written(next) : null;
        return store.TryPut(definition.Shelf, key, current, next) is { } stored ? new Written(stored) : null;
    }

    private static void CheckPreconditions(KindDefinition definition, JsonObject current, JsonObject next)
    {
        string name = current.Name(), rv = next.ResourceVersion();
        if (rv.Length > 0 && !ulong.TryParse(rv, out _))
            throw Refusals.Internal($"strconv.ParseUint: parsing \"{rv}\": invalid syntax");
        if (rv.Length == 0 && definition.NeedsVersionOnUpdate)
            throw Refusals.Invalid(definition.Kind, name, "FieldValueInvalid", "metadata.resourceVersion",
                "Invalid value: 0x0: must be specified for an update");
        if (next.Uid() is { Length: > 0 } uid && uid != current.Uid())
            throw Refusals.Conflict(definition.Kind, name,
                $"StorageError: invalid object, Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid()}");
        if (rv.Length > 0 && rv != current.ResourceVersion())
            throw Refusals.Modified(definition.Kind, name);
    }

    private static void KeepWhatTheServerOwns(KindDefinition definition, JsonObject current, JsonObject next)
    {
        JsonObject metadata = next.Metadata();
        string[] owned = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion", "selfLink"];
        foreach (string name in owned)
            metadata.Put(name, current.At("metadata", name)?.DeepClone());
        if (definition.Kind.Namespaced && next.Namespace() is null)
            metadata["namespace"] = current.Namespace();
    }

    // A Deployment's annotations are copied to its ReplicaSets, so upstream counts them too.
    private static void CountGeneration(KindDefinition definition, JsonObject current, JsonObject next)
    {
        bool moved = definition.Custom is null
            ? !Json.Same(current["spec"], next["spec"])
                || (definition.Kind == Kinds.Deployments
                    && !Json.Same(current.At("metadata", "annotations"), next.At("metadata", "annotations")))
            : !Json.Same(WithoutMetadataAndStatus(definition, current), WithoutMetadataAndStatus(definition, next));
        if (moved)
            next.Metadata()["generation"] = (current.NumberAt("metadata", "generation") ?? 0) + 1;
    }

    private static JsonObject WithoutMetadataAndStatus(KindDefinition definition, JsonObject obj)
    {
        JsonObject rest = obj.Copy();
        rest.Remove("metadata");
        if (definition.HasStatus)
            rest.Remove("status");
        return rest;
    }

    private static bool MayGo(KindDefinition definition, JsonObject obj) =>
        !obj.Finalizers().Any()
        && (obj.NumberAt("metadata", "deletionGracePeriodSeconds") ?? 0) == 0
        && (definition.Kind != Kinds.Namespaces || obj.ArrayAt("spec", "finalizers") is not { Count: > 0 });
}
