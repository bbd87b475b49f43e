namespace Rollouts.Controller.Tests.World;

/// <summary>
/// The system's clock, so many times faster: an interval of a second passes in 50 ms at a factor of 20. The controller under test sees
/// nothing else; the cluster around it goes at its own pace.
/// </summary>
/// <param name="from">Where it begins; null: now.</param>
internal sealed class ScaledTime(double factor, DateTimeOffset? from = null) : TimeProvider
{
    private readonly DateTimeOffset start = from ?? System.GetUtcNow();
    private readonly long began = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(began) * factor;

    public override long GetTimestamp() => (long)((System.GetTimestamp() - began) * factor);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)), Scaled);

    private TimeSpan Scaled(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / factor));

    private sealed class ScaledTimer(ITimer timer, Func<TimeSpan, TimeSpan> scale) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(scale(dueTime), scale(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
