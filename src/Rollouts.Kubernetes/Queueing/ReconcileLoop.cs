using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rollouts.Kubernetes.Queueing;

/// <summary>Workers that take keys off a queue and have them reconciled. The only place where a result becomes a queue action and a log line.</summary>
public sealed class ReconcileLoop<TKey>(
    WorkQueue<TKey> queue,
    IReconciler<TKey> reconciler,
    int workers = 4,
    TimeProvider? time = null,
    ILogger<ReconcileLoop<TKey>>? logger = null)
    where TKey : notnull
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ILogger _logger = logger ?? NullLogger<ReconcileLoop<TKey>>.Instance;

    /// <summary>
    /// Works until the token is cancelled or the queue is closed and returns when no reconcile is running any more. The token is also that of
    /// the reconciles: a controller that lost its lease must stop in the middle.
    /// </summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(cancellation), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var item in queue.TakeAllAsync(cancellation))
            {
                using (item)
                    await ReconcileAsync(item, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how the loop ends.
        }
    }

    private async Task ReconcileAsync(WorkItem<TKey> item, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        using var scope = _logger.BeginScope("{Key}", item.Key);
        try
        {
            // A key can be handed over in the very moment of the cancellation; a lost lease means that nothing is begun any more.
            cancellation.ThrowIfCancellationRequested();
            var next = await reconciler.ReconcileAsync(item.Key, cancellation);
            queue.Forget(item.Key);
            if (next.Delay is { } delay)
                queue.AddAfter(item.Key, delay);
            ReconcileLog.Reconciled(_logger, item.Key, _time.GetElapsedTime(started), next.Delay);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Whoever works on this queue next (a later term of the lease) finds the key unfinished.
            queue.Add(item.Key, item.Priority);
            throw;
        }
        catch (TerminalException exception)
        {
            queue.Forget(item.Key);
            ReconcileLog.FailedForGood(_logger, exception, item.Key, exception.Message);
        }
#pragma warning disable CA1031 // One key's failure, whatever it is, must not hurt the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var delay = queue.AddAfterFailure(item.Key, item.Priority);
            ReconcileLog.Failed(_logger, exception, item.Key, queue.FailuresOf(item.Key), delay, exception.Message);
        }
    }
}
