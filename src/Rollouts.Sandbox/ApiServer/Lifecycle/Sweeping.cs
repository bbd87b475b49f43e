using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>Deleting one of many objects that all have to go.</summary>
internal static class Sweeping
{
    public static void Sweep(Cluster cluster, KindDefinition definition, JsonObject obj, string propagation = "Background")
    {
        if (obj.IsDeleting())
            return;
        try
        {
            cluster.Deleter.Delete(definition, obj.Namespace(), obj.Name(), new DeleteOptions(Propagation: propagation, Uid: obj.Uid()));
        }
        catch (ApiException refusal) when (refusal.Code is 404 or 409)
        {
            // Somebody else, a controller most often, was first; what comes after it has to go none the less.
        }
    }
}
