using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>Taking a finalizer of the server's own off an object, which then may go.</summary>
internal static class Finalizer
{
    public static void Remove(Cluster cluster, KindDefinition definition, JsonObject obj, string finalizer) =>
        cluster.Writer.Update(definition, definition.Kind.Version, obj.Namespace(), obj.Name(), current =>
        {
            JsonArray? finalizers = current.ArrayAt("metadata", "finalizers");
            if (finalizers?.FirstOrDefault(f => f.AsText() == finalizer) is { } found)
                finalizers.Remove(found);
            return current;
        }, new WriteOptions { FieldManager = "kube-controller-manager" });
}
