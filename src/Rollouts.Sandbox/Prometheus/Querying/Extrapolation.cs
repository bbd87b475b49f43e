using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>
/// rate and increase, as Prometheus' extrapolatedRate computes them: the difference of the samples with counter resets added,
/// stretched to the ends of the range unless the series seems to begin or end within it.
/// </summary>
internal static class Extrapolation
{
    public static double? Increase(SampleRun run, MatrixValue range, bool isCounter)
    {
        var samples = run.Samples;
        if (samples.Count < 2)
            return null;
        var (first, last) = (samples[0], samples[^1]);
        var difference = last.Value - first.Value + (isCounter ? Resets(samples) : 0);

        var toStart = (first.Time - range.Start) / 1000.0;
        var toEnd = (range.End - last.Time) / 1000.0;
        var sampled = (last.Time - first.Time) / 1000.0;
        var between = sampled / (samples.Count - 1);

        // A counter cannot have been below zero: it does not reach further back than where it would have been zero.
        if (isCounter && difference > 0 && first.Value >= 0)
            toStart = Math.Min(toStart, sampled * (first.Value / difference));

        // An end further away than a scrape is late (10 %) is the series' own end: then half a scrape is added.
        var threshold = between * 1.1;
        var covered = sampled + (toStart < threshold ? toStart : between / 2) + (toEnd < threshold ? toEnd : between / 2);
        return difference * (covered / sampled);
    }

    /// <summary>irate: from the last two samples alone.</summary>
    public static double? Instant(SampleRun run)
    {
        if (run.Samples.Count < 2)
            return null;
        var (previous, last) = (run.Samples[^2], run.Samples[^1]);
        var difference = last.Value < previous.Value ? last.Value : last.Value - previous.Value;
        return difference / ((last.Time - previous.Time) / 1000.0);
    }

    private static double Resets(IReadOnlyList<Sample> samples) =>
        samples.Zip(samples.Skip(1)).Where(pair => pair.Second.Value < pair.First.Value).Sum(pair => pair.First.Value);
}
