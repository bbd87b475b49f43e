using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>Binds pods to the one node, unless their nodeSelector says otherwise.</summary>
internal sealed class Scheduler : IController
{
    private const string Component = "default-scheduler";
    private const string NoFit = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.";

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
            && cluster.Get(Kinds.Nodes, null, FakeNode.Name) is { } node)
            Place(pod, node);
        return Task.FromResult<TimeSpan?>(null);
    }

    private static bool IsUnbound(JsonObject pod) => pod.IsActive() && pod.TextAt("spec", "nodeName") is null or "";

    private void Place(JsonObject pod, JsonObject node)
    {
        if (NodeFit.Fits(pod["spec"], node))
        {
            pod["spec"]!["nodeName"] = FakeNode.Name;
            cluster.Update(Kinds.Pods, pod);
            events.Tell(Component, Kinds.Pods, pod, "Scheduled",
                $"Successfully assigned {pod.Namespace()}/{pod.Name()} to {FakeNode.Name}");
            return;
        }
        if (pod["status"].Condition("PodScheduled").TextAt("reason") == "Unschedulable")
            return;
        PodStatus.SetCondition(pod.Ensure("status"), "PodScheduled", false, "Unschedulable", NoFit, time.GetUtcNow());
        cluster.Update(Kinds.Pods, pod, "status");
        events.Tell(Component, Kinds.Pods, pod, "FailedScheduling", NoFit, "Warning");
    }
}
