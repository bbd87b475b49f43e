using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

internal static class PodTemplate
{
    /// <summary>A pod as the template of its owner has it, named after the owner and controlled by it.</summary>
    public static JsonObject Instantiate(ResourceKind ownerKind, JsonObject owner)
    {
        JsonObject? template = owner.ObjectAt("spec", "template");
        var metadata = new JsonObject { ["generateName"] = owner.Name() + "-", ["namespace"] = owner.Namespace() };
        foreach (string copied in (string[])["labels", "annotations", "finalizers"])
            metadata.Put(copied, template.At("metadata", copied)?.DeepClone());
        metadata["ownerReferences"] = new JsonArray(Ownership.Reference(ownerKind, owner));
        return new JsonObject
        {
            ["apiVersion"] = Kinds.Pods.ApiVersion,
            ["kind"] = Kinds.Pods.Kind,
            ["metadata"] = metadata,
            ["spec"] = template.At("spec")?.DeepClone(),
        };
    }
}
