using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Kubelets;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.DaemonSets;

/// <summary>A pod of a DaemonSet: tied to its node, and tolerant of what the node suffers.</summary>
internal static class DaemonPod
{
    public const string HashLabel = "controller-revision-hash";

    private const string GenerationLabel = "pod-template-generation";
    private const string GenerationAnnotation = "deprecated.daemonset.template.generation";

    private static readonly (string Key, string Effect)[] Tolerated =
    [
        ("not-ready", "NoExecute"), ("unreachable", "NoExecute"), ("disk-pressure", "NoSchedule"),
        ("memory-pressure", "NoSchedule"), ("pid-pressure", "NoSchedule"), ("unschedulable", "NoSchedule"),
    ];

    public static JsonObject Of(JsonObject set, string hash, string node)
    {
        JsonObject pod = PodTemplate.Instantiate(Kinds.DaemonSets, set);
        JsonObject labels = pod.Metadata().Ensure("labels"), spec = pod.Ensure("spec");
        labels[HashLabel] = hash;
        labels[GenerationLabel] = set.TextAt("metadata", "annotations", GenerationAnnotation)
            ?? $"{set.NumberAt("metadata", "generation")}";
        spec.Ensure("affinity").Ensure("nodeAffinity")["requiredDuringSchedulingIgnoredDuringExecution"] = On(node);
        JsonArray tolerations = [.. spec.ObjectsAt("tolerations").Select(t => t.DeepClone()), .. Tolerated.Select(Toleration)];
        spec["tolerations"] = tolerations;
        return pod;
    }

    /// <summary>The node that the pod is on, or is meant for.</summary>
    public static string? NodeOf(JsonObject pod) =>
        pod.TextAt("spec", "nodeName") is { Length: > 0 } bound ? bound : NodeFit.RequiredNode(pod["spec"]);

    private static JsonObject On(string node)
    {
        var field = new JsonObject { ["key"] = "metadata.name", ["operator"] = "In", ["values"] = new JsonArray(node) };
        return new JsonObject { ["nodeSelectorTerms"] = new JsonArray(new JsonObject { ["matchFields"] = new JsonArray(field) }) };
    }

    private static JsonObject Toleration((string Key, string Effect) tolerated) => new()
    {
        ["key"] = $"node.kubernetes.io/{tolerated.Key}",
        ["operator"] = "Exists",
        ["effect"] = tolerated.Effect,
    };
}
