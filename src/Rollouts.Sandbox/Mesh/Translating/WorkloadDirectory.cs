using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Routing;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>From a pod to the workload that Istio's telemetry names: pod to ReplicaSet to Deployment, or pod to DaemonSet.</summary>
internal sealed class WorkloadDirectory(MeshObjects objects)
{
    private readonly Dictionary<ObjectKey, JsonObject> _pods = objects.Pods.ToDictionary(ObjectKey.Of);
    private readonly Dictionary<ObjectKey, JsonObject> _replicaSets = objects.ReplicaSets.ToDictionary(ObjectKey.Of);

    public IReadOnlyDictionary<string, string> LabelsOf(ObjectKey pod) => _pods.GetValueOrDefault(pod).MapAt("metadata", "labels");

    public Workload Find(ObjectKey key)
    {
        if (!_pods.TryGetValue(key, out var pod))
            return Workload.Unknown with { Namespace = key.Namespace };

        var labels = pod.MapAt("metadata", "labels");
        var name = OwnerOf(pod, key.Namespace) ?? key.Name;
        var app = labels.GetValueOrDefault("app") ?? labels.GetValueOrDefault("app.kubernetes.io/name");
        var version = labels.GetValueOrDefault("version") ?? labels.GetValueOrDefault("app.kubernetes.io/version");
        return new Workload(
            name,
            key.Namespace,
            labels.GetValueOrDefault("app") ?? "unknown",
            labels.GetValueOrDefault("version") ?? "unknown",
            labels.GetValueOrDefault("service.istio.io/canonical-name") ?? app ?? name,
            labels.GetValueOrDefault("service.istio.io/canonical-revision") ?? version ?? "latest",
            pod.TextAt("spec", "serviceAccountName") ?? "default");
    }

    private string? OwnerOf(JsonObject pod, string ns)
    {
        var owner = Controller(pod);
        if (owner.TextAt("kind") != "ReplicaSet" || owner.TextAt("name") is not { } replicaSet)
            return owner.TextAt("name");
        return _replicaSets.TryGetValue(new(ns, replicaSet), out var set) ? Controller(set).TextAt("name") ?? replicaSet : replicaSet;
    }

    private static JsonObject? Controller(JsonObject obj) =>
        obj.ObjectsAt("metadata", "ownerReferences").FirstOrDefault(owner => owner.TrueAt("controller"));
}
