using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Rollouts.Kubernetes.Tests.Doubles;

/// <summary>A fake clock that tells which waits were begun, so that a test can advance it when the code under test is really waiting.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _begun = Channel.CreateUnbounded<TimeSpan>();

    private long _stalled;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        Note(dueTime);
        return timer;
    }

    /// <summary>Moves the clock that measures and runs no timer: a process that was stopped, before it gets to run again.</summary>
    public void Stall(TimeSpan time) => _stalled += (long)(time.TotalSeconds * TimestampFrequency);

    public override long GetTimestamp() => base.GetTimestamp() + _stalled;

    /// <summary>Waits until a wait of that length has begun (waits of other lengths before it are passed over) and lets it pass.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        await BegunAsync(due => due == wait);
        Advance(wait);
    }

    /// <summary>The next wait that was begun, or was begun before and not yet asked for, that is of interest.</summary>
    public async Task<TimeSpan> BegunAsync(Func<TimeSpan, bool> isOfInterest)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var due = await _begun.Reader.ReadAsync(limit.Token);
            if (isOfInterest(due))
                return due;
        }
    }

    private void Note(TimeSpan due)
    {
        if (due != Timeout.InfiniteTimeSpan)
            _begun.Writer.TryWrite(due);
    }

    private sealed class WatchedTimer(WatchedTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            time.Note(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
