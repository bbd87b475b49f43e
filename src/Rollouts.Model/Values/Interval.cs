namespace Rollouts.Model;

/// <summary>A length of time between checks or of a window of measurements, at least one second.</summary>
public sealed record Interval
{
    /// <exception cref="ArgumentOutOfRangeException">when <paramref name="length"/> is below <see cref="Shortest"/></exception>
    public Interval(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Shortest);
        Length = length;
    }

    /// <summary>One second.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromSeconds(1);

    public TimeSpan Length { get; }

    /// <summary>The interval as manifests and PromQL write it, for example <c>1m30s</c>.</summary>
    public override string ToString() => DurationText.Format(Length);
}
