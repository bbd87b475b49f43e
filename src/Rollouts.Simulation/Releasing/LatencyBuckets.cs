namespace Rollouts.Simulation.Releasing;

/// <summary>Answer times as Istio counts them, so that a quantile is as coarse as the one that Prometheus computes from its buckets.</summary>
internal sealed class LatencyBuckets
{
    private static readonly double[] Bounds = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000];

    private readonly long[] counts = new long[Bounds.Length + 1];

    public void Add(double milliseconds)
    {
        var index = Array.BinarySearch(Bounds, milliseconds);
        counts[index < 0 ? ~index : index]++;
    }

    public void Add(LatencyBuckets other)
    {
        for (var index = 0; index < counts.Length; index++)
            counts[index] += other.counts[index];
    }

    /// <summary>As histogram_quantile: on a straight line between the bounds of the bucket that has it. Null: nothing was counted.</summary>
    public double? Quantile(double share)
    {
        var rank = share * counts.Sum();
        if (rank == 0)
            return null;
        var below = 0L;
        for (var index = 0; index < Bounds.Length; index++)
        {
            var least = index == 0 ? 0 : Bounds[index - 1];
            if (below + counts[index] >= rank)
                return least + ((Bounds[index] - least) * (rank - below) / counts[index]);
            below += counts[index];
        }
        return Bounds[^1];
    }
}
