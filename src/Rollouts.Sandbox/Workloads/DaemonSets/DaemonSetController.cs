using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Kubelets;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.DaemonSets;

/// <summary>Keeps one pod of a DaemonSet on the one node, if its nodeSelector allows it, and replaces it when the template changes.</summary>
internal sealed class DaemonSetController : IController
{
    private const string Component = "daemonset-controller";

    private readonly ICluster cluster;
    private readonly EventRecorder events;
    private readonly TimeProvider time;

    public DaemonSetController(ICluster cluster, EventRecorder events, TimeProvider time)
    {
        this.cluster = cluster;
        this.events = events;
        this.time = time;
        Interests =
        [
            new(Kinds.DaemonSets, d => [d.KeyOf()]),
            new(Kinds.Pods, OwnersOf),
            new(Kinds.Nodes, _ => cluster.List(Kinds.DaemonSets).Select(Ownership.KeyOf)),
        ];
    }

    public IReadOnlyList<Interest> Interests { get; }

    public Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation) => Task.FromResult(
        cluster.Get(Kinds.DaemonSets, key.Namespace, key.Name) is { } set ? Reconcile(set) : null);

    private TimeSpan? Reconcile(JsonObject set)
    {
        var scene = new DaemonScene(
            set,
            Revisions.Sync(cluster, set),
            cluster.Get(Kinds.Nodes, null, FakeNode.Name) is { } node && NodeFit.Fits(set.At("spec", "template", "spec"), node),
            Claims.Settle(cluster, Kinds.DaemonSets, set, Kinds.Pods),
            time.GetUtcNow());
        if (!set.IsDeleting())
            Act(scene);
        // What was found is what is counted: the pods made and removed just now come with their own events.
        JsonObject status = scene.Status();
        if (!Json.Same(set["status"], status))
        {
            set["status"] = status;
            cluster.Update(Kinds.DaemonSets, set, "status");
        }
        return scene.Pods.UntilNextAvailable(scene.MinReady, time.GetUtcNow());
    }

    private void Act(DaemonScene scene)
    {
        foreach (JsonObject pod in scene.Unwanted())
            if (cluster.Delete(Kinds.Pods, pod.Namespace(), pod.Name()))
                events.Tell(Component, Kinds.DaemonSets, scene.Set, "SuccessfulDelete", $"Deleted pod: {pod.Name()}");
        if (!scene.IsMissingOne)
            return;
        JsonObject made = cluster.Create(Kinds.Pods, DaemonPod.Of(scene.Set, scene.Hash));
        events.Tell(Component, Kinds.DaemonSets, scene.Set, "SuccessfulCreate", $"Created pod: {made.Name()}");
    }

    private IEnumerable<ObjectKey> OwnersOf(JsonObject pod) => pod.Controller() is not null
        ? pod.ControllerKey(Kinds.DaemonSets)
        : cluster.List(Kinds.DaemonSets, pod.Namespace())
            .Where(d => LabelMatch.Matches(d.ObjectAt("spec", "selector"), pod)).Select(Ownership.KeyOf);
}
