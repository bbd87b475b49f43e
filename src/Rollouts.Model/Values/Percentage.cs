namespace Rollouts.Model;

/// <summary>A share of a number of pods in percent, 0 to 100.</summary>
public readonly record struct Percentage
{
    /// <exception cref="ArgumentOutOfRangeException">when <paramref name="percent"/> is not in 0..100</exception>
    public Percentage(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        Percent = percent;
    }

    public int Percent { get; }

    /// <summary>This share of <paramref name="count"/>, rounded down, as Flagger counts ready pods.</summary>
    public int Of(int count) => (int)((long)count * Percent / 100);

    public override string ToString() => $"{Percent}%";
}
