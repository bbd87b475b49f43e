using System.Collections.Concurrent;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>A clock on which some waits are over as soon as they begin and others never end; it keeps how long each of the first should have been.</summary>
internal sealed class EagerTime(Func<TimeSpan, bool> passes) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> passed = [];

    public IReadOnlyList<TimeSpan> Passed => [.. passed];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || !passes(dueTime))
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        passed.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
