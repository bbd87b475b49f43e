using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.ReplicaSets;

/// <summary>Keeps as many pods as a ReplicaSet asks for, and counts them.</summary>
internal sealed class ReplicaSetController : IController
{
    private const string Component = "replicaset-controller";

    private readonly ICluster cluster;
    private readonly EventRecorder events;
    private readonly TimeProvider time;

    public ReplicaSetController(ICluster cluster, EventRecorder events, TimeProvider time)
    {
        this.cluster = cluster;
        this.events = events;
        this.time = time;
        Interests = [new(Kinds.ReplicaSets, s => [s.KeyOf()]), new(Kinds.Pods, OwnersOf)];
    }

    public IReadOnlyList<Interest> Interests { get; }

    public Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation) => Task.FromResult(
        cluster.Get(Kinds.ReplicaSets, key.Namespace, key.Name) is { } set ? Reconcile(set) : null);

    private TimeSpan? Reconcile(JsonObject set)
    {
        List<JsonObject> pods = [.. Claims.Settle(cluster, Kinds.ReplicaSets, set, Kinds.Pods).Where(p => p.IsActive())];
        ApiException? refusal = set.IsDeleting() ? null : Fill(set, pods);
        // What is counted is what was found, as upstream counts: the pods made and removed just now come with their own events.
        JsonObject status = ReplicaSetStatus.Of(set, pods, refusal, time);
        if (!Json.Same(set["status"], status))
        {
            set["status"] = status;
            cluster.Update(Kinds.ReplicaSets, set, "status");
        }
        return refusal is null
            ? pods.UntilNextAvailable(ReplicaSetStatus.MinReady(set), time.GetUtcNow())
            : throw refusal;
    }

    // Answers with what kept it from making all the pods.
    private ApiException? Fill(JsonObject set, List<JsonObject> pods)
    {
        int missing = set.Replicas() - pods.Count;
        foreach (JsonObject pod in Surplus.Choose(pods, -missing))
            if (cluster.Delete(Kinds.Pods, pod.Namespace(), pod.Name()))
                events.Tell(Component, Kinds.ReplicaSets, set, "SuccessfulDelete", $"Deleted pod: {pod.Name()}");
        try
        {
            for (int i = 0; i < missing; i++)
            {
                JsonObject made = cluster.Create(Kinds.Pods, PodTemplate.Instantiate(Kinds.ReplicaSets, set));
                events.Tell(Component, Kinds.ReplicaSets, set, "SuccessfulCreate", $"Created pod: {made.Name()}");
            }
            return null;
        }
        catch (ApiException refusal)
        {
            events.Tell(Component, Kinds.ReplicaSets, set, "FailedCreate", $"Error creating: {refusal.Message}", "Warning");
            return refusal;
        }
    }

    private IEnumerable<ObjectKey> OwnersOf(JsonObject pod) => pod.Controller() is not null
        ? pod.ControllerKey(Kinds.ReplicaSets)
        : cluster.List(Kinds.ReplicaSets, pod.Namespace())
            .Where(s => LabelMatch.Matches(s.ObjectAt("spec", "selector"), pod)).Select(Ownership.KeyOf);
}
