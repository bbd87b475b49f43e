namespace Rollouts.Sandbox.Traffic;

/// <summary>Latencies in buckets that grow by a tenth each, from 0.1 ms to over a minute: a quantile is at most a tenth too high.</summary>
public sealed class LatencyHistogram
{
    private const double Growth = 1.1;
    private const int Buckets = 145;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(0.1);

    private readonly long[] _counts = new long[Buckets];

    public long Count { get; private set; }

    /// <summary>The latency that the share <paramref name="quantile"/> (0 to 1) of the requests did not exceed; null without requests.</summary>
    public TimeSpan? Quantile(double quantile)
    {
        if (Count == 0)
            return null;
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        var bucket = 0;
        for (var passed = _counts[0]; passed < rank; passed += _counts[bucket])
            bucket++;
        return First * Math.Pow(Growth, bucket);
    }

    internal void Add(TimeSpan latency)
    {
        var bucket = latency <= First ? 0 : (int)Math.Ceiling(Math.Log(latency / First, Growth));
        _counts[Math.Min(bucket, Buckets - 1)]++;
        Count++;
    }

    internal void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
    }
}
