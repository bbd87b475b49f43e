using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Defaulting;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Validating;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>What is done to an object, and asked of it, on its way into the store.</summary>
internal sealed class Admission(Store store)
{
    /// <summary>Takes out what a create does not set.</summary>
    public static void PrepareCreate(KindDefinition definition, JsonObject obj)
    {
        if (definition.HasStatus && definition.Kind != Kinds.CustomResourceDefinitions)
            obj.Remove("status");
        Defaults.Apply(definition, obj);
    }

    /// <summary>Puts back what an update through this door does not change.</summary>
    public static void PrepareUpdate(KindDefinition definition, JsonObject current, JsonObject next, string? subresource)
    {
        if (subresource == "status")
        {
            JsonNode? status = next["status"]?.DeepClone(), metadata = KeptMetadata(definition, current, next);
            foreach (string name in next.Select(m => m.Key).ToList())
                next.Remove(name);
            foreach (var (name, value) in current)
                if (name != "status")
                    next[name] = value?.DeepClone();
            next["metadata"] = metadata;
            next.Put("status", status);
        }
        else if (definition.HasStatus)
            next.Put("status", current["status"]?.DeepClone());
        Defaults.Apply(definition, next);
    }

    // What /status takes of metadata differs from kind to kind, as each has its own strategy upstream.
    private static JsonObject KeptMetadata(KindDefinition definition, JsonObject current, JsonObject next)
    {
        var metadata = (JsonObject)current["metadata"]!.DeepClone();
        JsonObject wanted = next.Metadata();
        List<string> taken = definition.Custom is not null ? ["managedFields"] : ["managedFields", "annotations", "finalizers", "ownerReferences"];
        if (definition.Custom is null && definition.Kind != Kinds.Deployments)
            taken.Add("labels");
        foreach (string name in taken)
            metadata.Put(name, wanted[name]?.DeepClone());
        return metadata;
    }

    /// <exception cref="ApiException">422 with every fault.</exception>
    public static void Validate(KindDefinition definition, string version, JsonObject obj, JsonObject? old)
    {
        Rules.Check(definition, obj, old);
        if (definition.Custom is { } custom && custom[version].Schema.Validate(obj) is { Count: > 0 } causes)
            throw Refusals.Invalid(definition.Kind, obj.Name(), causes);
    }

    public void CheckNamespace(KindDefinition definition, JsonObject obj)
    {
        if (obj.Namespace() is not { } ns || !definition.Kind.Namespaced)
            return;
        JsonObject owner = store.Get(new ShelfKey("", "namespaces"), ns) ?? throw Refusals.NotFound(Kinds.Namespaces, ns);
        if (owner.IsDeleting())
        {
            string why = $"unable to create new content in namespace {ns} because it is being terminated";
            throw new ApiException(403, "Forbidden", $"{definition.Kind} \"{obj.Name()}\" is forbidden: {why}",
                [new StatusCause("NamespaceTerminating", $"namespace {ns} is being terminated", "metadata.namespace")])
            {
                Subject = new StatusSubject(obj.Name(), definition.Kind.Group, definition.Kind.Plural),
            };
        }
    }
}
