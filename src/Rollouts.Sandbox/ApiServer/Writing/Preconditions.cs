using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>What a write supposes of the object that it changes, and what it cannot change.</summary>
internal static class Preconditions
{
    public static ApiException AlreadyThere(KindDefinition definition, JsonObject there)
    {
        ApiException refusal = Refusals.AlreadyExists(definition.Kind, there.Name());
        return there.IsDeleting()
            ? new ApiException(refusal.Code, refusal.Reason, $"object is being deleted: {refusal.Message}") { Subject = refusal.Subject }
            : refusal;
    }

    public static void CheckPlace(KindDefinition definition, string? ns, string name, JsonObject next)
    {
        if (next.Name().Length == 0)
            throw Refusals.BadRequest($"the name of the object ({name} based on URL) was undeterminable: name must be provided");
        if (next.Name() != name)
            throw Refusals.BadRequest($"the name of the object ({next.Name()}) does not match the name on the URL ({name})");
        if (definition.Kind.Namespaced && next.Namespace() is { } own && ns is not null && own != ns)
            throw Refusals.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    public static void Check(KindDefinition definition, JsonObject current, JsonObject next, bool apply)
    {
        string name = current.Name(), rv = next.ResourceVersion();
        if (rv.Length > 0 && !ulong.TryParse(rv, out _))
            throw new ApiException(500, "", $"strconv.ParseUint: parsing \"{rv}\": invalid syntax");
        if (rv.Length == 0 && definition.NeedsVersionOnUpdate)
            throw Refusals.Invalid(definition.Kind with { Kind = definition.Kind.Plural }, name, "FieldValueInvalid", "metadata.resourceVersion",
                "Invalid value: 0x0: must be specified for an update");
        if (next.Uid() is { Length: > 0 } uid && uid != current.Uid())
            throw apply ? ForeignUid(definition, name, uid) : Refusals.Conflict(definition.Kind, name,
                $"StorageError: invalid object, Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid()}");
        if (rv.Length > 0 && rv != current.ResourceVersion())
            throw Refusals.Modified(definition.Kind, name);
        if (next.TextAt("metadata", "deletionTimestamp") is { } deletion && deletion != current.TextAt("metadata", "deletionTimestamp"))
        {
            var cause = new StatusCause("FieldValueInvalid", $"Invalid value: {deletion}: field is immutable", "metadata.deletionTimestamp");
            throw Refusals.Invalid(definition.Kind, name, [cause, cause]);
        }
    }

    /// <summary>Upstream finds fault with another uid twice.</summary>
    public static ApiException ForeignUid(KindDefinition definition, string name, string uid)
    {
        var cause = new StatusCause("FieldValueInvalid", $"Invalid value: \"{uid}\": field is immutable", "metadata.uid");
        return Refusals.Invalid(definition.Kind, name, [cause, cause]);
    }

    public static void KeepWhatTheServerOwns(KindDefinition definition, JsonObject current, JsonObject next)
    {
        JsonObject metadata = next.Metadata();
        string[] owned = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion", "selfLink"];
        foreach (string name in owned)
            metadata.Put(name, current.At("metadata", name)?.DeepClone());
        if (definition.Kind.Namespaced && next.Namespace() is null)
            metadata["namespace"] = current.Namespace();
    }
}
