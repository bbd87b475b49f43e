using Prometheus;
using Rollouts.Controller.Observing;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Controller.Reporting;

/// <summary>How the controller itself is doing, read at each scrape.</summary>
internal sealed class QueueMetrics
{
    public QueueMetrics(CollectorRegistry registry, WorkQueue<ResourceKey> queue, ClusterCache cache)
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        var ready = factory.CreateGauge("rollouts_queue_ready", "Canaries that wait for a worker.");
        var waiting = factory.CreateGauge("rollouts_queue_waiting", "Canaries that wait for their next attempt.");
        var canaries = factory.CreateGauge("rollouts_canaries", "Canaries that the controller knows.");
        registry.AddBeforeCollectCallback(() =>
        {
            ready.Set(queue.Ready);
            waiting.Set(queue.Waiting);
            canaries.Set(cache.Canaries.Store.Count);
        });
    }
}
