using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Defaulting;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Validating;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>What is done to an object, and asked of it, on its way into the store.</summary>
internal sealed class Admission(Store store, Identities identities)
{
    private readonly ServiceAllocation services = new(store, identities);
    private readonly PodAdmission pods = new(store, identities);

    /// <summary>Takes out what a create does not set, and sets what the server does.</summary>
    public void PrepareCreate(KindDefinition definition, JsonObject obj)
    {
        if (definition.HasStatus)
            obj.Remove("status");
        Defaults.Apply(definition, obj);
        if (definition.Kind == Kinds.Pods)
            pods.Prepare(obj);
        else if (definition.Kind == Kinds.Namespaces)
            obj.Ensure("spec").Default("finalizers", new JsonArray("kubernetes"));
        else if (definition.Kind == Kinds.DaemonSets)
            TemplateGeneration.Begin(obj);
        else if (definition.Kind == Kinds.Jobs)
            JobIdentity.Give(obj);
    }

    /// <summary>Puts back what an update through this door does not change.</summary>
    public static void PrepareUpdate(KindDefinition definition, JsonObject current, JsonObject next, string? subresource)
    {
        if (subresource == "status")
            KeepAllButStatus(definition, current, next);
        else if (definition.HasStatus)
            next.Put("status", current["status"]?.DeepClone());
        if (definition.Kind == Kinds.Namespaces && subresource != "finalize")
            next.Put("spec", current["spec"]?.DeepClone());
        Defaults.Apply(definition, next);
        if (definition.Kind == Kinds.DaemonSets)
            TemplateGeneration.Count(current, next);
        else if (definition.Kind == Kinds.CustomResourceDefinitions)
            DefinitionDefaults.KeepStoredVersions(current, next);
    }

    /// <exception cref="ApiException">422 with every fault.</exception>
    public static void Validate(KindDefinition definition, string version, JsonObject obj, JsonObject? old)
    {
        Rules.Check(definition, obj, old);
        if (definition.Custom is { } custom && custom[version].Schema.Validate(obj) is { Count: > 0 } causes)
            throw Refusals.Invalid(definition.Kind, obj.Name(), causes);
    }

    /// <exception cref="ApiException">404 where the namespace is not there, 403 where it is going.</exception>
    public void CheckNamespace(KindDefinition definition, JsonObject obj)
    {
        string ns = obj.Namespace() ?? "";
        JsonObject owner = store.Get(new ShelfKey("", "namespaces"), ns) ?? throw Refusals.NotFound(Kinds.Namespaces, ns);
        if (owner.IsDeleting())
            throw new ApiException(403, "Forbidden",
                $"{definition.Kind} \"{obj.Name()}\" is forbidden: unable to create new content in namespace {ns} because it is being terminated",
                [new StatusCause("NamespaceTerminating", $"namespace {ns} is being terminated", "metadata.namespace")])
            {
                Subject = new StatusSubject(obj.Name(), definition.Kind.Group, definition.Kind.Plural),
            };
    }

    /// <summary>Gives a Service its addresses and ports.</summary>
    public void Allocate(KindDefinition definition, JsonObject obj, JsonObject? old)
    {
        if (definition.Kind == Kinds.Services)
            services.Allocate(obj, old);
    }

    private static void KeepAllButStatus(KindDefinition definition, JsonObject current, JsonObject next)
    {
        JsonNode? status = next["status"]?.DeepClone();
        JsonObject metadata = KeptMetadata(definition, current, next);
        foreach (string name in next.Select(m => m.Key).ToList())
            next.Remove(name);
        foreach (var (name, value) in current)
            if (name is not ("status" or "metadata"))
                next[name] = value?.DeepClone();
        next["metadata"] = metadata;
        next.Put("status", status);
    }

    // What /status takes of metadata differs from kind to kind, as each has its own strategy upstream.
    private static JsonObject KeptMetadata(KindDefinition definition, JsonObject current, JsonObject next)
    {
        JsonObject metadata = current.Metadata().Copy(), wanted = next.Metadata();
        List<string> taken = definition.Custom is not null ? ["managedFields"] : ["managedFields", "annotations", "finalizers", "ownerReferences"];
        if (definition.Custom is null && definition.Kind != Kinds.Deployments)
            taken.Add("labels");
        foreach (string name in taken)
            metadata.Put(name, wanted[name]?.DeepClone());
        return metadata;
    }
}
