namespace Rollouts.Sandbox.Workloads.Apps;

/// <summary>
/// How long answers take. With a median alone every answer takes just that long. With a 99th percentile P99 too, the times are
/// log-normal: <c>median * exp(s * z)</c>, z standard normal and <c>s = ln(P99 / median) / 2.3263</c>, so that half of the requests
/// take longer than the median and one in a hundred longer than P99; none takes longer than three times P99. A P99 without a
/// median takes a tenth of itself as the median; one that is not above the median changes nothing.
/// </summary>
internal sealed record Latency(TimeSpan Median, double Spread, TimeSpan Longest)
{
    // The 99th percentile of the standard normal distribution.
    private const double Z99 = 2.3263478740408408;

    public static Latency Of(TimeSpan? median, TimeSpan? p99)
    {
        TimeSpan middle = median ?? p99 / 10 ?? TimeSpan.Zero;
        if (p99 is not { } tail || tail <= middle)
            return new Latency(middle, 0, middle);
        // A median of zero has no logarithm; a tenth of a millisecond is as good as none.
        middle = middle > TimeSpan.Zero ? middle : TimeSpan.FromMilliseconds(0.1);
        return new Latency(middle, Math.Log(tail / middle) / Z99, 3 * tail);
    }

    public TimeSpan Draw(Random random)
    {
        if (Spread == 0)
            return Median;
        // Box-Muller; 1 - u because u may be 0.
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        TimeSpan drawn = Median * Math.Exp(Spread * normal);
        return drawn < Longest ? drawn : Longest;
    }
}
