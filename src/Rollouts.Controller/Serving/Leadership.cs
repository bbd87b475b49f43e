using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rollouts.Controller.Gating;
using Rollouts.Controller.Observing;
using Rollouts.Controller.Reconciling;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Leading;
using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Controller.Serving;

/// <summary>
/// The order of a start: caches, then keys, then workers. Every replica keeps its caches warm; only the holder of the lease works.
/// </summary>
internal sealed class Leadership(
    ControllerOptions options,
    IClusterClient client,
    ClusterCache cache,
    MeasurementDesk desk,
    GateDesk gates,
    Wakeups wakeups,
    WorkQueue<ResourceKey> queue,
    ReconcileLoop<ResourceKey> loop,
    TimeProvider time,
    ILoggerFactory loggers)
    : BackgroundService
{
    /// <summary>The Lease's name; the same for all replicas of one controller and group.</summary>
    private string LeaseName => $"rollouts-{options.ApiGroup}{(options.Namespace is { } ns ? $"-{ns}" : "")}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watching = Task.WhenAll(cache.All.Select(informer => informer.RunAsync(stoppingToken)).Append(cache.WatchScaledObjectsAsync(stoppingToken)));
        await Task.WhenAll(cache.All.Select(informer => informer.WaitForSyncAsync(stoppingToken)));
        await cache.WaitForScaledObjectsAsync(time, stoppingToken);
        desk.Answered = key => queue.Add(key);
        gates.Answered = key => queue.Add(key);

        if (options.LeaseNamespace is not { } ns)
            await WorkAsync(stoppingToken);
        else
            await new LeaderLease(client, new LeaderOptions(ns, LeaseName, Identity()), time, loggers.CreateLogger<LeaderLease>())
                .RunAsync((_, term) => LeadAsync(term), stoppingToken);
        await watching;
    }

    /// <summary>
    /// What the leader before wrote last may not have come by the watches yet: by a status from before it a route would be set back to a
    /// split that has been superseded. Of the lists taken now nothing is missing.
    /// </summary>
    private async Task LeadAsync(CancellationToken term)
    {
        await Task.WhenAll(cache.All.Select(informer => informer.ListAgainAsync(term)));
        await WorkAsync(term);
    }

    private async Task WorkAsync(CancellationToken term)
    {
        // Subscribing tells of everything that is there: a new term looks at every Canary once.
        var subscriptions = wakeups.Subscribe();
        try
        {
            await loop.RunAsync(term);
        }
        finally
        {
            foreach (var subscription in subscriptions)
                subscription.Dispose();
            gates.Clear();
        }
    }

    private static string Identity() => $"{Environment.MachineName}_{Guid.NewGuid():N}";
}
