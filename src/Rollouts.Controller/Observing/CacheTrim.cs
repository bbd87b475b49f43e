using System.Text.Json.Nodes;
using Rollouts.Core.Configs;
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

    /// <summary>What ConfigMaps and Secrets hold is not kept: its hash is all that is ever asked for.</summary>
    public static void Config(JsonObject config)
    {
        Trim.ManagedFields(config);
        // kubectl apply writes the whole manifest here, a Secret's data among it.
        (config["metadata"]?["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        ConfigDigest.Trim(config);
    }

    /// <summary>An autoscaler writes its status every few seconds, and nobody reads it here.</summary>
    public static void Scaler(JsonObject scaler)
    {
        Trim.ManagedFields(scaler);
        scaler.Remove("status");
    }

    /// <summary>managedFields of a Canary tell who set a control annotation; nobody asks that of the others.</summary>
    public static Action<JsonObject>? Other(ResourceType type) => type.Kind == "Canary" ? null : Trim.ManagedFields;
}
