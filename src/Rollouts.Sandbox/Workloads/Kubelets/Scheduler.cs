using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>Binds each pod to the node with the fewest pods among those that it may be on.</summary>
internal sealed class Scheduler : IController
{
    private const string Component = "default-scheduler";

    private readonly ICluster cluster;
    private readonly EventRecorder events;
    private readonly TimeProvider time;

    public Scheduler(ICluster cluster, EventRecorder events, TimeProvider time)
    {
        this.cluster = cluster;
        this.events = events;
        this.time = time;
        Interests =
        [
            new(Kinds.Pods, p => IsUnbound(p) ? [p.KeyOf()] : []),
            new(Kinds.Nodes, _ => cluster.List(Kinds.Pods).Where(IsUnbound).Select(Ownership.KeyOf)),
        ];
    }

    public IReadOnlyList<Interest> Interests { get; }

    public Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (cluster.Get(Kinds.Pods, key.Namespace, key.Name) is { } pod && IsUnbound(pod)
            && cluster.List(Kinds.Nodes) is { Count: > 0 } nodes)
            Place(pod, nodes);
        return Task.FromResult<TimeSpan?>(null);
    }

    private static bool IsUnbound(JsonObject pod) => pod.IsActive() && pod.TextAt("spec", "nodeName") is null or "";

    private void Place(JsonObject pod, IReadOnlyList<JsonObject> nodes)
    {
        if (Emptiest([.. nodes.Where(node => NodeFit.Fits(pod["spec"], node)).Select(ObjectMeta.Name)]) is { } name)
        {
            pod["spec"]!["nodeName"] = name;
            cluster.Update(Kinds.Pods, pod);
            events.Tell(Component, Kinds.Pods, pod, "Scheduled", $"Successfully assigned {pod.Namespace()}/{pod.Name()} to {name}");
            return;
        }
        string noFit = $"0/{nodes.Count} nodes are available: {nodes.Count} node(s) didn't match Pod's node affinity/selector.";
        if (pod["status"].Condition("PodScheduled").TextAt("reason") == "Unschedulable")
            return;
        PodStatus.SetCondition(pod.Ensure("status"), "PodScheduled", false, "Unschedulable", noFit, time.GetUtcNow());
        cluster.Update(Kinds.Pods, pod, "status");
        events.Tell(Component, Kinds.Pods, pod, "FailedScheduling", noFit, "Warning");
    }

    private string? Emptiest(IReadOnlyList<string> nodes)
    {
        if (nodes is [] or [_])
            return nodes is [var only] ? only : null;
        Dictionary<string, int> pods = cluster.List(Kinds.Pods).CountBy(p => p.TextAt("spec", "nodeName") ?? "").ToDictionary();
        return nodes.MinBy(node => pods.GetValueOrDefault(node));
    }
}
