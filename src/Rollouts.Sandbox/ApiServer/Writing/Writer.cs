using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Patching;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>What came of a write, in the stored version.</summary>
internal sealed record Written(JsonObject Object, bool Created = false);

/// <summary>Creates and replaces objects by the rules that all kinds share.</summary>
/// <param name="after">Told of every write, when it is done and before it is answered.</param>
internal sealed class Writer(Store store, Admission admission, Identities identities, TimeProvider time, Action<KindDefinition, JsonObject> after)
{
    public Written Create(KindDefinition definition, string version, string? ns, JsonObject body, WriteOptions options)
    {
        JsonObject obj = Codec.Decode(definition, version, body, options);
        if (obj.ResourceVersion().Length > 0)
            throw new ApiException(500, "", "resourceVersion should not be set on objects to be created");
        return CreateDecoded(definition, version, ns, obj, options);
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
            if (current is null && options.Subresource is not null)
                throw Refusals.NotFound(definition.Kind, name);
            JsonObject? wanted = change(current is null ? null : Codec.Encode(definition, version, current));
            if (wanted is null)
                throw Refusals.NotFound(definition.Kind, name);
            JsonObject next = options.IsPatch ? DecodePatched(definition, version, wanted, options) : Codec.Decode(definition, version, wanted, options);
            Preconditions.CheckPlace(definition, ns, name, next);
            if (current is null)
            {
                if (options.IsApply && next.Uid() is { Length: > 0 } uid)
                    throw Preconditions.ForeignUid(definition, name, uid);
                next.Metadata().Remove("resourceVersion");
                return CreateDecoded(definition, version, ns, next, options);
            }
            if (Replace(definition, version, key, current, next, options) is { } written)
                return written;
        }
    }

    private Written CreateDecoded(KindDefinition definition, string version, string? ns, JsonObject obj, WriteOptions options)
    {
        if (definition.Terminating)
            throw new ApiException(405, "MethodNotAllowed", "create not allowed while custom resource definition is terminating")
            {
                Subject = new StatusSubject(null, definition.Kind.Group, definition.Kind.Plural),
            };
        JsonObject metadata = obj.Metadata();
        if (!definition.Kind.Namespaced)
            metadata.Remove("namespace");
        else if (obj.Namespace() is { } own && ns is not null && own != ns)
            throw Refusals.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        else
            metadata.Put("namespace", obj.Namespace() ?? ns);
        if (obj.Name().Length == 0 && metadata.TextAt("generateName") is { Length: > 0 } prefix)
            metadata["name"] = identities.Name(prefix);
        metadata["uid"] = identities.Uid();
        metadata["creationTimestamp"] = time.Timestamp();
        metadata.Remove("deletionTimestamp");
        metadata.Remove("deletionGracePeriodSeconds");
        metadata.Put("generation", definition.HasGeneration ? 1 : null);
        if (definition.Kind.Namespaced)
            admission.CheckNamespace(definition, obj);
        admission.PrepareCreate(definition, obj);
        if (!options.IsApply)
            obj = ServerSideApply.TrackUpdate(null, obj, WriterOf(definition, version, options), definition.StoredFields);
        Admission.Validate(definition, version, obj, null);
        string key = obj.Key();
        if (store.Get(definition.Shelf, key) is { } there)
            throw Preconditions.AlreadyThere(definition, there);
        admission.Allocate(definition, obj, null);
        if (options.DryRun)
            return new Written(obj, Created: true);
        JsonObject stored = store.TryPut(definition.Shelf, key, null, obj) ?? throw Refusals.AlreadyExists(definition.Kind, obj.Name());
        after(definition, stored);
        return new Written(stored, Created: true);
    }

    // null: another write came in between.
    private Written? Replace(
        KindDefinition definition, string version, string key, JsonObject current, JsonObject next, WriteOptions options)
    {
        Preconditions.Check(definition, current, next, options.IsApply);
        Preconditions.KeepWhatTheServerOwns(definition, current, next);
        Admission.PrepareUpdate(definition, current, next, options.Subresource);
        admission.Allocate(definition, next, current);
        if (!options.IsApply)
            next = ServerSideApply.TrackUpdate(current, next, WriterOf(definition, version, options), definition.StoredFields);
        if (definition.HasGeneration && options.Subresource != "status")
            Generation.Count(definition, current, next);
        Admission.Validate(definition, version, next, current);
        if (Json.Same(current, next))
            return new Written(current);
        if (options.DryRun)
            return new Written(next);
        if (Deleter.MayGo(next) && current.IsDeleting())
        {
            return store.TryRemove(definition.Shelf, key, current) is null ? null : new Written(next);
        }
        if (store.TryPut(definition.Shelf, key, current, next) is not { } stored)
            return null;
        after(definition, stored);
        return new Written(stored);
    }

    private FieldWriter WriterOf(KindDefinition definition, string version, WriteOptions options) =>
        new(options.FieldManager, definition.In(version).ApiVersion, time.GetUtcNow(), options.Subresource, definition.HasStatus);

    private static JsonObject DecodePatched(KindDefinition definition, string version, JsonObject wanted, WriteOptions options)
    {
        try
        {
            return Codec.Decode(definition, version, wanted, options);
        }
        catch (ApiException unreadable) when (unreadable.Code == 400 && !options.IsApply)
        {
            throw new ApiException(422, "Invalid", $" \"\" is invalid: patch: Invalid value: {unreadable.Message}",
                [new StatusCause("FieldValueInvalid", unreadable.Message, "patch")])
            { Subject = new StatusSubject() };
        }
    }
}
