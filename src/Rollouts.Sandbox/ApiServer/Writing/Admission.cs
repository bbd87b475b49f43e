using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>What is done to an object, and asked of it, on its way into the store.</summary>
internal sealed class Admission(Store store)
{
    public static void PrepareCreate(KindDefinition definition, JsonObject obj)
    {
        if (definition.HasStatus && definition.Custom is not null)
            obj.Remove("status");
    }

    public static void PrepareUpdate(KindDefinition definition, JsonObject current, JsonObject next, string? subresource)
    {
        if (subresource == "status")
            foreach (var (name, _) in current.Union(next).ToList())
                if (name is not ("status" or "metadata"))
                    next.Put(name, current[name]?.DeepClone());
        if (subresource is null && definition.HasStatus)
            next.Put("status", current["status"]?.DeepClone());
    }

    public static void Validate(KindDefinition definition, JsonObject obj, JsonObject? old, WriteOptions options)
    {
        if (obj.Name().Length == 0)
            throw Refusals.Invalid(definition.Kind, "", "FieldValueRequired", "metadata.name", "Required value: name or generateName is required");
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
