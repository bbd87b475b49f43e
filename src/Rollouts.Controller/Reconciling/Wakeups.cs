using System.Text.Json.Nodes;
using Rollouts.Controller.Observing;
using Rollouts.Core;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Queueing;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Watching;

namespace Rollouts.Controller.Reconciling;

/// <summary>
/// Which Canary a change in the cluster is about. Nothing of the event travels with the key. What a person asks of a Canary overtakes
/// the rest: an abort must not wait behind five thousand resyncs.
/// </summary>
internal sealed class Wakeups(ClusterCache cache, WorkQueue<ResourceKey> queue)
{
    private const int Urgent = 10;

    public IReadOnlyList<IDisposable> Subscribe() =>
    [
        cache.Canaries.Subscribe(OnCanary),
        cache.Deployments.Subscribe(OnWorkload),
        cache.DaemonSets.Subscribe(OnWorkload),
        cache.ReplicaSets.Subscribe(OnReplicaSet),
        cache.Pods.Subscribe(OnPod),
        cache.Services.Subscribe(OnApex),
        cache.VirtualServices.Subscribe(OnApex),
        cache.DestinationRules.Subscribe(OnOwned),
        cache.EndpointSlices.Subscribe(OnOwned),
        cache.ControllerRevisions.Subscribe(OnOwned),
        cache.PodAutoscalers.Subscribe(OnScaler),
        cache.ScaledObjects.Subscribe(OnScaler),
        .. cache.Configs.Select(configs => configs.Subscribe(change => OnConfig(ConfigReading.KindOf(configs.Type), change))),
    ];

    private void OnCanary(ObjectChange change)
    {
        var asked = change.Old is null || !JsonNode.DeepEquals(change.Old["metadata"]?["annotations"], change.Object["metadata"]?["annotations"]);
        queue.Add(change.Key, asked ? Urgent : 0);
        // Who waited for this one's target may go ahead when it lets go.
        if (change.New is null || change.Old is null)
        {
            foreach (var other in Rivals.Sharing(cache, change.Object))
                queue.Add(other.Key);
        }
    }

    private void OnWorkload(ObjectChange change)
    {
        OnOwned(change);
        foreach (var canary in cache.Canaries.Store.Find(CanaryIndexes.Target, change.Key.ToString()))
            queue.Add(canary.Key);
    }

    // A pod's failure is read through its ReplicaSet, whose watch may be behind that of the pods. What a ReplicaSet counts is the Deployment's to tell.
    private void OnReplicaSet(ObjectChange change)
    {
        if (change.Old is not null || change.New is not { } made)
            return;
        foreach (var owner in made.Items("metadata", "ownerReferences").Select(owner => owner.Text("name")).OfType<string>())
        {
            if (cache.Find(ClusterKinds.Deployments, made.Key with { Name = owner }) is { } deployment)
                OnWorkload(new ObjectChange(null, deployment));
        }
    }

    // What it counts and how it fares it writes every few seconds, and that is nothing to us.
    private void OnScaler(ObjectChange change)
    {
        if (change is { Old: { } old, New: { } now } && JsonNode.DeepEquals(old["spec"], now["spec"])
            && JsonNode.DeepEquals(old["metadata"]?["labels"], now["metadata"]?["labels"])
            && JsonNode.DeepEquals(old["metadata"]?["annotations"], now["metadata"]?["annotations"]))
            return;
        OnOwned(change);
        foreach (var canary in cache.Canaries.Store.Find(CanaryIndexes.Scaler, change.Key.ToString()))
            queue.Add(canary.Key);
    }

    private void OnConfig(ObjectKind kind, ObjectChange change)
    {
        OnOwned(change);
        foreach (var workloads in new[] { cache.Deployments, cache.DaemonSets })
        {
            foreach (var workload in workloads.Store.Find(WorkloadIndexes.Config, WorkloadIndexes.Value(change.Key.Namespace, new ObjectId(kind, change.Key.Name))))
                OnWorkload(new ObjectChange(null, workload));
        }
    }

    private void OnApex(ObjectChange change)
    {
        OnOwned(change);
        foreach (var canary in cache.Canaries.Store.Find(CanaryIndexes.Apex, change.Key.ToString()))
            queue.Add(canary.Key);
    }

    // Readiness comes with the workload's own status; a pod is looked at only when it cannot run. Behind a Service that is itself a target
    // it counts by its labels, and its slice may be seen before they are.
    private void OnPod(ObjectChange change)
    {
        var pod = change.Object;
        if (change.Old is null || !JsonNode.DeepEquals(change.Old["metadata"]?["labels"], pod["metadata"]?["labels"]))
        {
            foreach (var canary in cache.Canaries.Store.Find(CanaryIndexes.ServiceTarget, pod.Namespace))
                queue.Add(canary.Key);
        }
        if (PodReading.Failure(pod) is null && PodReading.UnschedulableSince(pod) is null)
            return;
        foreach (var canary in cache.Canaries.Store.All().Where(canary => canary.Namespace == pod.Namespace && IsOf(pod, canary)))
            queue.Add(canary.Key);
    }

    private static bool IsOf(JsonObject pod, JsonObject canary) =>
        CanaryIndexes.TargetOf(canary) is { } target && pod.Name.StartsWith($"{target}-", StringComparison.Ordinal);

    // Also as it was before: taking our label off an object is drift like any other.
    private void OnOwned(ObjectChange change)
    {
        foreach (var obj in new[] { change.Old, change.New }.OfType<JsonObject>())
        {
            if (obj.Labels.GetValueOrDefault(Names.OwnerLabel) is { } canary)
                queue.Add(new ResourceKey(obj.Namespace, canary));
        }
    }
}
