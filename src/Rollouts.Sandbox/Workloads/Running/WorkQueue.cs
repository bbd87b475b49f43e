using System.Threading.Channels;

namespace Rollouts.Sandbox.Workloads.Running;

/// <summary>What is to be reconciled, each once however often it was asked for, first come first served, now or later.</summary>
internal sealed class WorkQueue(TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<Work> queued = [];
    private readonly Dictionary<Work, ITimer> timers = [];
    private readonly Channel<Work> channel = Channel.CreateUnbounded<Work>();

    public void Add(Work work)
    {
        lock (gate)
            if (queued.Add(work))
                channel.Writer.TryWrite(work);
    }

    /// <summary>Takes the place of an earlier appointment for the same work; null only cancels that.</summary>
    public void Schedule(Work work, TimeSpan? after)
    {
        lock (gate)
        {
            if (timers.Remove(work, out ITimer? earlier))
                earlier.Dispose();
            if (after is { } delay)
                timers[work] = time.CreateTimer(_ => Add(work), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    public async ValueTask<Work> TakeAsync(CancellationToken cancellation)
    {
        Work work = await channel.Reader.ReadAsync(cancellation);
        // From here on a change is news again: the work reads the state only after this.
        lock (gate)
            queued.Remove(work);
        return work;
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (ITimer timer in timers.Values)
                timer.Dispose();
            timers.Clear();
        }
    }
}
