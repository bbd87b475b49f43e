using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>Rolls a Deployment's template out through ReplicaSets, one step a look, and reports where it is.</summary>
internal sealed class DeploymentController : IController
{
    private readonly ICluster cluster;
    private readonly TimeProvider time;
    private readonly DeploymentStatus statuses;
    private readonly ReplicaSetWriter sets;

    public DeploymentController(ICluster cluster, EventRecorder events, TimeProvider time)
    {
        this.cluster = cluster;
        this.time = time;
        statuses = new DeploymentStatus(cluster, time);
        sets = new ReplicaSetWriter(cluster, events, statuses);
        Interests =
        [
            new(Kinds.Deployments, d => [d.KeyOf()]),
            new(Kinds.ReplicaSets, OwnersOf),
            // A pod that is told to end or has gone makes room; of all else the status of its ReplicaSet tells.
            new(Kinds.Pods, p => p.IsActive() ? [] : p.ControllerKey(Kinds.ReplicaSets)
                .SelectMany(k => cluster.Get(Kinds.ReplicaSets, k.Namespace, k.Name)?.ControllerKey(Kinds.Deployments) ?? [])),
        ];
    }

    public IReadOnlyList<Interest> Interests { get; }

    public Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation) => Task.FromResult(
        cluster.Get(Kinds.Deployments, key.Namespace, key.Name) is { } deployment ? Reconcile(Look(deployment)) : null);

    private TimeSpan? Reconcile(DeploymentScene scene)
    {
        if (scene.Deployment.IsDeleting())
            return statuses.Report(scene, judgeProgress: false);
        statuses.MarkPaused(scene);
        sets.SyncRevision(scene);
        if (scene.Spec.Paused || scene.IsScaling)
            return Scale(scene);
        return scene.Spec.Recreate ? Recreate(scene) : Roll(scene);
    }

    private TimeSpan? Scale(DeploymentScene scene)
    {
        foreach (Resize resize in ProportionalScaling.Plan(scene.Spec, [.. scene.All.Select(s => ShareOf(scene, s))]))
            sets.Resize(scene, resize);
        if (scene.Spec.Paused)
            sets.CleanUp(scene);
        return statuses.Report(scene, judgeProgress: false);
    }

    private TimeSpan? Roll(DeploymentScene scene)
    {
        JsonObject current = scene.New ?? sets.CreateNew(scene);
        var steps = RollingUpdate.Next(scene.Spec, scene.SizeOf(current), [.. scene.Old.Select(scene.SizeOf)]);
        foreach (Resize step in steps)
            sets.Resize(scene, step);
        return Finish(scene, acted: steps.Count > 0);
    }

    private TimeSpan? Recreate(DeploymentScene scene)
    {
        List<JsonObject> active = [.. scene.Old.Where(s => s.Replicas() > 0)];
        foreach (JsonObject old in active)
            sets.Resize(scene, new Resize(old.Name(), 0));
        // Nothing of the new before the last of the old is gone, not only told to go.
        if (active.Count > 0 || scene.OldPodsRun)
            return statuses.Report(scene, judgeProgress: true);
        JsonObject current = scene.New ?? sets.CreateNew(scene);
        bool grows = current.Replicas() != scene.Spec.Replicas;
        if (grows)
            sets.Resize(scene, new Resize(current.Name(), scene.Spec.Replicas));
        return Finish(scene, grows);
    }

    private TimeSpan? Finish(DeploymentScene scene, bool acted)
    {
        if (!acted && Progress.IsComplete(scene, scene.Deployment["status"]))
            sets.CleanUp(scene);
        return statuses.Report(scene, judgeProgress: true);
    }

    private static ProportionalScaling.Share ShareOf(DeploymentScene scene, JsonObject set)
    {
        bool isNew = set == scene.New;
        bool saturated = set.Replicas() == scene.Spec.Replicas
            && RevisionAnnotations.Number(set, RevisionAnnotations.DesiredReplicas) == scene.Spec.Replicas
            && set["status"].Counter("availableReplicas") == scene.Spec.Replicas;
        long annotated = RevisionAnnotations.Number(set, RevisionAnnotations.MaxReplicas) ?? scene.Deployment["status"].Counter("replicas");
        return new ProportionalScaling.Share(set.Name(), set.Replicas(), (int)annotated, set.Created(), isNew, saturated);
    }

    private DeploymentScene Look(JsonObject deployment) => new(
        deployment,
        Claims.Settle(cluster, Kinds.Deployments, deployment, Kinds.ReplicaSets),
        cluster.List(Kinds.Pods, deployment.Namespace()),
        time.GetUtcNow());

    private IEnumerable<ObjectKey> OwnersOf(JsonObject set) => set.Controller() is not null
        ? set.ControllerKey(Kinds.Deployments)
        : cluster.List(Kinds.Deployments, set.Namespace())
            .Where(d => LabelMatch.Matches(d.ObjectAt("spec", "selector"), set)).Select(Ownership.KeyOf);
}
