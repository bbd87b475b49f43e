namespace Rollouts.Sandbox.Prometheus.Storage;

/// <param name="Time">Milliseconds since 1970.</param>
internal readonly record struct Sample(long Time, double Value)
{
    private const long StaleBits = 0x7ff0000000000002;

    /// <summary>The NaN that says: from here on the series is no more. It is told from other NaNs by its bits.</summary>
    public static readonly double Stale = BitConverter.Int64BitsToDouble(StaleBits);

    public bool IsStale => BitConverter.DoubleToInt64Bits(Value) == StaleBits;
}
