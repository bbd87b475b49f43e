using Microsoft.Extensions.Logging;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Sandbox.Workloads.Running;

/// <summary>Watches what the controllers are interested in and reconciles what it concerns, one object at a time.</summary>
internal sealed class ControllerLoop : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(10), LastRetry = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<Work, int> failures = [];
    private readonly WorkQueue queue;
    private readonly ILogger logger;
    private readonly Task running;

    public ControllerLoop(ICluster cluster, WorkQueue queue, IReadOnlyList<IController> controllers, ILogger logger)
    {
        this.queue = queue;
        this.logger = logger;
        var watches = from controller in controllers
                      from interest in controller.Interests
                      group (controller, interest) by interest.Kind;
        List<Task> tasks = [.. watches.Select(w => Task.Run(() => WatchAsync(cluster, w.Key, [.. w]))), Task.Run(WorkAsync)];
        running = Task.WhenAll(tasks);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        queue.Dispose();
        stopping.Dispose();
    }

    private async Task WatchAsync(ICluster cluster, ResourceKind kind, List<(IController Controller, Interest Interest)> interested)
    {
        await foreach (ClusterEvent change in cluster.WatchAsync(kind, stopping.Token))
            foreach (var (controller, interest) in interested)
                foreach (ObjectKey key in interest.Concerns(change.Object))
                    queue.Add(new Work(controller, key));
    }

    private async Task WorkAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            Work work = await queue.TakeAsync(stopping.Token);
            queue.Schedule(work, await TryAsync(work));
        }
    }

    private async Task<TimeSpan?> TryAsync(Work work)
    {
        try
        {
            TimeSpan? next = await work.Controller.ReconcileAsync(work.Key, stopping.Token);
            failures.Remove(work);
            return next;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            int count = failures[work] = failures.GetValueOrDefault(work) + 1;
            // Somebody else wrote first: that is no failure, and what they wrote is there to be read already.
            if (failure is ApiException { Reason: "Conflict" } && count == 1)
                return TimeSpan.Zero;
            logger.LogWarning(failure, "{Controller} could not reconcile {Key}", work.Controller.GetType().Name, work.Key);
            double delay = FirstRetry.TotalMilliseconds * Math.Pow(2, Math.Min(count, 20));
            return TimeSpan.FromMilliseconds(Math.Min(delay, LastRetry.TotalMilliseconds));
        }
    }
}
