using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Rollouts.Core;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Watching;

namespace Rollouts.Controller.Observing;

/// <summary>One informer for each kind that a rollout touches: all reading is from here, so that an idle Canary costs no request.</summary>
internal sealed class ClusterCache
{
    private readonly IReadOnlyDictionary<ResourceType, Informer> informers;

    public ClusterCache(IClusterClient client, ControllerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        Canaries = Watch(ClusterKinds.Canaries(options.ApiGroup), new() { Indexes = CanaryIndexes.All });
        Deployments = Watch(ClusterKinds.Deployments, new() { Indexes = WorkloadIndexes.All });
        DaemonSets = Watch(ClusterKinds.DaemonSets, new() { Indexes = WorkloadIndexes.All });
        ReplicaSets = Watch(ClusterKinds.ReplicaSets, new() { Trim = CacheTrim.ReplicaSet, Indexes = ReplicaSetIndexes.All });
        Pods = Watch(ClusterKinds.Pods, new() { Trim = CacheTrim.Pod, Indexes = PodIndexes.All });
        Services = Watch(ClusterKinds.Services, new());
        EndpointSlices = Watch(ClusterKinds.EndpointSlices, new() { LabelSelector = Names.OwnerLabel, Indexes = EndpointIndexes.All });
        ControllerRevisions = Watch(ClusterKinds.ControllerRevisions, new() { LabelSelector = Names.OwnerLabel, Matches = IsOwned, Indexes = OwnerIndexes.All });
        VirtualServices = Watch(ClusterKinds.VirtualServices, new());
        DestinationRules = Watch(ClusterKinds.DestinationRules, new());
        PodAutoscalers = Watch(ClusterKinds.HorizontalPodAutoscalers, new() { Trim = CacheTrim.Scaler });
        ScaledObjects = Watch(ClusterKinds.ScaledObjects, new() { Trim = CacheTrim.Scaler });
        if (options.EnableConfigTracking)
            Configs = [Watch(ClusterKinds.ConfigMaps, new() { Trim = CacheTrim.Config, Indexes = OwnerIndexes.All }), Watch(ClusterKinds.Secrets, new() { Trim = CacheTrim.Config, Indexes = OwnerIndexes.All })];
        informers = new[] { Canaries, Deployments, DaemonSets, ReplicaSets, Pods, Services, EndpointSlices, ControllerRevisions, VirtualServices, DestinationRules, PodAutoscalers }
            .Concat(Configs)
            .Append(ScaledObjects)
            .ToDictionary(informer => informer.Type);

        static bool IsOwned(JsonObject obj) => obj.Labels.ContainsKey(Names.OwnerLabel);

        Informer Watch(ResourceType type, InformerOptions watched) =>
            new(client, type, watched with { Namespace = options.Namespace, Trim = watched.Trim ?? CacheTrim.Other(type) }, time, loggers.CreateLogger<Informer>());
    }

    public Informer Canaries { get; }

    public Informer Deployments { get; }

    public Informer DaemonSets { get; }

    public Informer ReplicaSets { get; }

    public Informer Pods { get; }

    public Informer Services { get; }

    public Informer EndpointSlices { get; }

    public Informer ControllerRevisions { get; }

    /// <summary>ConfigMaps and Secrets, as hashes of what they hold; none where they are not tracked.</summary>
    public IReadOnlyList<Informer> Configs { get; } = [];

    public Informer VirtualServices { get; }

    public Informer DestinationRules { get; }

    public Informer PodAutoscalers { get; }

    /// <summary>Of KEDA, which not every cluster has.</summary>
    public Informer ScaledObjects { get; }

    /// <summary>The kinds that every cluster we work in has.</summary>
    public IEnumerable<Informer> All => informers.Values.Where(informer => informer != ScaledObjects);

    /// <summary>Watches ScaledObjects from the first Canary on that names one: without one, a cluster without KEDA is never asked for them.</summary>
    public async Task WatchScaledObjectsAsync(CancellationToken cancellation)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (Canaries.Subscribe(change => _ = change.New is { } canary && NamesScaledObject(canary) && asked.TrySetResult()))
            await asked.Task.WaitAsync(cancellation);
        await ScaledObjects.RunAsync(cancellation);
    }

    /// <summary>Waits for ScaledObjects where a Canary names one, but not for ever: it may name what the cluster does not have.</summary>
    public async Task WaitForScaledObjectsAsync(TimeProvider time, CancellationToken cancellation)
    {
        if (Canaries.Store.All().Any(NamesScaledObject))
            await Task.WhenAny(ScaledObjects.WaitForSyncAsync(cancellation), Task.Delay(TimeSpan.FromSeconds(10), time, cancellation));
    }

    private static bool NamesScaledObject(JsonObject canary) => canary.Text("spec", "autoscalerRef", "kind") == ClusterKinds.ScaledObjects.Kind;

    /// <summary>The kinds that were not listed yet: what readiness waits for.</summary>
    public IReadOnlyList<string> Unsynced => [.. All.Where(informer => !informer.HasSynced).Select(informer => informer.Type.ToString())];

    public JsonObject? Find(ResourceType type, ResourceKey key) => informers[type].Store.Get(key);

    /// <summary>Takes in the answer of our own write, so that the next look does not rest on what was before it.</summary>
    public void Observe(ResourceType type, JsonObject answer) => informers[type].Store.Observe(answer);
}
