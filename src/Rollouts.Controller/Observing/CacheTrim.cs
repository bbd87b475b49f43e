using System.Text.Json.Nodes;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Watching;

namespace Rollouts.Controller.Observing;

/// <summary>Cuts what we do not read from objects that a cluster has many of.</summary>
internal static class CacheTrim
{
    public static void Pod(JsonObject pod)
    {
        Trim.ManagedFields(pod);
        pod.Remove("spec");
        (pod["metadata"] as JsonObject)?.Remove("annotations");
    }

    public static void ReplicaSet(JsonObject set)
    {
        Trim.ManagedFields(set);
        set.Remove("spec");
        set.Remove("status");
    }

    /// <summary>managedFields of a Canary tell who set a control annotation; nobody asks that of the others.</summary>
    public static Action<JsonObject>? Other(ResourceType type) => type.Kind == "Canary" ? null : Trim.ManagedFields;
}
