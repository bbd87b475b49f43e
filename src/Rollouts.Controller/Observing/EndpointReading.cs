using System.Text.Json.Nodes;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Controller.Observing;

/// <summary>Counts the ready addresses behind a Service of ours.</summary>
internal sealed class EndpointReading(ClusterCache cache)
{
    public int Ready(string ns, string service) => All(ns, service).Count();

    /// <summary>
    /// Those of pods that another Service selects. A slice does not tell which selector it was made for, and after a change of the selector
    /// the pods of the one before stand in it for a while.
    /// </summary>
    public int Ready(JsonObject? service, JsonObject? selecting)
    {
        if (service is null || selecting is null)
            return 0;
        var labels = selecting.TextMap("spec", "selector");
        return All(service.Namespace, service.Name).Count(endpoint => endpoint.Text("targetRef", "kind") == ClusterKinds.Pods.Kind
            && cache.Pods.Store.Get(new ResourceKey(service.Namespace, endpoint.Text("targetRef", "name") ?? "")) is { } pod
            && labels.All(label => pod.Labels.GetValueOrDefault(label.Key) == label.Value));
    }

    private IEnumerable<JsonObject> All(string ns, string service) =>
        cache.EndpointSlices.Store.Find(EndpointIndexes.Service, $"{ns}/{service}")
            .SelectMany(slice => slice.Items("endpoints"))
            .Where(endpoint => endpoint.Flag("conditions", "ready") ?? true);
}
