using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Kubelets;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.DaemonSets;

/// <summary>Keeps one pod of a DaemonSet on each node that its nodeSelector allows, and replaces them when the template changes.</summary>
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
        var scene = new DaemonScene(set, Places(set, Revisions.Sync(cluster, set)), time.GetUtcNow());
        if (!set.IsDeleting())
            Act(scene);
        // What was found is what is counted: the pods made and removed just now come with their own events.
        JsonObject status = scene.Status();
        if (!Json.Same(set["status"], status))
        {
            set["status"] = status;
            cluster.Update(Kinds.DaemonSets, set, "status");
        }
        return scene.Places.SelectMany(p => p.Pods).UntilNextAvailable(scene.MinReady, time.GetUtcNow());
    }

    private void Act(DaemonScene scene)
    {
        foreach (JsonObject pod in scene.Unwanted())
            if (cluster.Delete(Kinds.Pods, pod.Namespace(), pod.Name()))
                events.Tell(Component, Kinds.DaemonSets, scene.Set, "SuccessfulDelete", $"Deleted pod: {pod.Name()}");
        foreach (DaemonPlace place in scene.Missing())
        {
            JsonObject made = cluster.Create(Kinds.Pods, DaemonPod.Of(scene.Set, place.Hash, place.Node));
            events.Tell(Component, Kinds.DaemonSets, scene.Set, "SuccessfulCreate", $"Created pod: {made.Name()}");
        }
    }

    private List<DaemonPlace> Places(JsonObject set, string hash)
    {
        IReadOnlyList<JsonObject> nodes = cluster.List(Kinds.Nodes);
        string first = nodes is [var node, ..] ? node.Name() : "";
        // A pod that somebody made by hand and that is not placed yet counts for the first node.
        ILookup<string, JsonObject> pods = Claims.Settle(cluster, Kinds.DaemonSets, set, Kinds.Pods)
            .ToLookup(p => DaemonPod.NodeOf(p) ?? first);
        return
        [
            .. nodes.Select(n => new DaemonPlace(n.Name(), NodeFit.Fits(set.At("spec", "template", "spec"), n), hash, [.. pods[n.Name()]])),
            .. pods.Where(p => nodes.All(n => n.Name() != p.Key)).Select(p => new DaemonPlace(p.Key, Wanted: false, hash, [.. p])),
        ];
    }

    private IEnumerable<ObjectKey> OwnersOf(JsonObject pod) => pod.Controller() is not null
        ? pod.ControllerKey(Kinds.DaemonSets)
        : cluster.List(Kinds.DaemonSets, pod.Namespace())
            .Where(d => LabelMatch.Matches(d.ObjectAt("spec", "selector"), pod)).Select(Ownership.KeyOf);
}
