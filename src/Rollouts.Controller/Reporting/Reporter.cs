using System.Collections.Concurrent;
using Rollouts.Controller.Gating;
using Rollouts.Controller.Observing;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Events;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Reporting;

/// <summary>
/// Publishes what the journal holds as Kubernetes Events, to event hooks and as metrics, after it is committed and at least once. An
/// Event's name follows from the journal entry, so that telling it again after a crash changes nothing.
/// </summary>
internal sealed class Reporter(EventRecorder events, EventHooks hooks, CanaryMetrics metrics, TimeProvider time)
{
    /// <summary>What is older than this when a process first sees it was told by the process before, or is no news any more.</summary>
    private static readonly TimeSpan News = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<ResourceKey, (string Uid, long Told)> told = new();

    public async Task PublishAsync(Sight sight, CanaryStatus status, CancellationToken cancellation)
    {
        var canary = sight.Canary;
        metrics.Show(sight.Seen, status);
        var last = told.TryGetValue(canary.Key, out var known) && known.Uid == canary.Uid ? known.Told : 0;
        foreach (var entry in status.Journal.Where(entry => entry.Number > last && time.GetUtcNow() - entry.At < News))
        {
            var type = entry.Warning ? EventType.Warning : EventType.Normal;
            await events.PublishAsync(new EventNote(canary, type, entry.Reason, entry.Message, $"{entry.Number}"), cancellation);
            hooks.Tell(sight.Seen.Canary, status, entry);
            told[canary.Key] = (canary.Uid, entry.Number);
        }
    }

    public void Forget(ResourceKey key)
    {
        told.TryRemove(key, out _);
        hooks.Forget(new(key.Namespace, key.Name));
        metrics.Forget(key);
    }
}
