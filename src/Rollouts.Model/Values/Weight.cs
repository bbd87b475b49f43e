namespace Rollouts.Model;

/// <summary>A share of the traffic in percent, 0 to 100.</summary>
public readonly record struct Weight : IComparable<Weight>
{
    /// <exception cref="ArgumentOutOfRangeException">when <paramref name="percent"/> is not in 0..100</exception>
    public Weight(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        Percent = percent;
    }

    /// <summary>No traffic.</summary>
    public static Weight Zero => new(0);

    /// <summary>All traffic.</summary>
    public static Weight Full => new(100);

    public int Percent { get; }

    /// <summary>What is left of the traffic: 100 less this.</summary>
    public Weight Rest => new(100 - Percent);

    public static bool operator <(Weight left, Weight right) => left.Percent < right.Percent;

    public static bool operator >(Weight left, Weight right) => left.Percent > right.Percent;

    public static bool operator <=(Weight left, Weight right) => left.Percent <= right.Percent;

    public static bool operator >=(Weight left, Weight right) => left.Percent >= right.Percent;

    public int CompareTo(Weight other) => Percent.CompareTo(other.Percent);

    public override string ToString() => $"{Percent}";
}
