using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>metadata.generation: the number of the desired state.</summary>
internal static class Generation
{
    public static void Count(KindDefinition definition, JsonObject current, JsonObject next)
    {
        if (!Json.Same(Desired(definition, current), Desired(definition, next)))
            next.Metadata()["generation"] = (current.NumberAt("metadata", "generation") ?? 0) + 1;
    }

    // A Deployment's annotations are copied to its ReplicaSets, so upstream counts them too.
    private static JsonObject Desired(KindDefinition definition, JsonObject obj)
    {
        JsonObject desired = obj.Copy();
        desired.Remove("metadata");
        if (definition.HasStatus)
            desired.Remove("status");
        if (definition.Kind == Kinds.Deployments)
            desired.Put("annotations", obj.At("metadata", "annotations"));
        if (definition.Kind == Kinds.EndpointSlices)
            desired.Put("labels", obj.At("metadata", "labels"));
        return desired;
    }
}
