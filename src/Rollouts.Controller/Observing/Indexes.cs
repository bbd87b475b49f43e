using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Configs;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Watching;

namespace Rollouts.Controller.Observing;

/// <summary>By which workload and by which apex Service a Canary is found. A name is enough: two workloads of one name and of different kinds would share the names of what we make.</summary>
internal static class CanaryIndexes
{
    public const string Target = "target";
    public const string Apex = "apex";
    public const string Scaler = "scaler";

    /// <summary>By namespace, those whose target is a Service.</summary>
    public const string ServiceTarget = "service-target";

    public static IReadOnlyDictionary<string, IndexValues> All { get; } = new Dictionary<string, IndexValues>
    {
        [Target] = canary => TargetOf(canary) is { } target ? [$"{canary.Namespace}/{target}"] : [],
        [ServiceTarget] = canary => canary.Text("spec", "targetRef", "kind") == nameof(ObjectKind.Service) ? [canary.Namespace] : [],
        [Scaler] = canary => canary.Text("spec", "autoscalerRef", "name") is { } scaler ? [$"{canary.Namespace}/{scaler}"] : [],
        [Apex] = canary => ApexOf(canary) is { } apex ? [$"{canary.Namespace}/{apex}"] : [],
    };

    public static string? TargetOf(JsonObject canary) => canary.Text("spec", "targetRef", "name");

    public static string? ApexOf(JsonObject canary) => canary.Text("spec", "service", "name") ?? TargetOf(canary);
}

/// <summary>By which ConfigMap or Secret the workloads are found that refer to it.</summary>
internal static class WorkloadIndexes
{
    public const string Config = "config";

    public static IReadOnlyDictionary<string, IndexValues> All { get; } = new Dictionary<string, IndexValues>
    {
        [Config] = workload => ConfigReference.Of(workload.At("spec", "template")).Select(reference => Value(workload.Namespace, reference.Id)),
    };

    public static string Value(string ns, ObjectId config) => $"{config.Kind} {ns}/{config.Name}";
}

/// <summary>By which Deployment a ReplicaSet is found.</summary>
internal static class ReplicaSetIndexes
{
    public const string Owner = "owner";

    public static IReadOnlyDictionary<string, IndexValues> All { get; } = new Dictionary<string, IndexValues>
    {
        [Owner] = set => set.ControllerUid is { } owner ? [owner] : [],
    };
}

/// <summary>By which ReplicaSet a pod is found.</summary>
internal static class PodIndexes
{
    public const string Owner = "owner";

    public static IReadOnlyDictionary<string, IndexValues> All { get; } = new Dictionary<string, IndexValues>
    {
        [Owner] = pod => pod.ControllerUid is { } owner ? [owner] : [],
    };
}

/// <summary>By which Service its slices are found.</summary>
internal static class EndpointIndexes
{
    public const string Service = "service";

    public static IReadOnlyDictionary<string, IndexValues> All { get; } = new Dictionary<string, IndexValues>
    {
        [Service] = slice => slice.Text("metadata", "labels", "kubernetes.io/service-name") is { } service ? [$"{slice.Namespace}/{service}"] : [],
    };
}

/// <summary>By which Canary an object of ours is found.</summary>
internal static class OwnerIndexes
{
    public const string Canary = "canary";

    public static IReadOnlyDictionary<string, IndexValues> All { get; } = new Dictionary<string, IndexValues>
    {
        [Canary] = obj => obj.Text("metadata", "labels", Names.OwnerLabel) is { } canary ? [$"{obj.Namespace}/{canary}"] : [],
    };
}
