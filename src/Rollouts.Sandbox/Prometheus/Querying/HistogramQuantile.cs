using System.Globalization;
using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>histogram_quantile over cumulative buckets, as Prometheus' bucketQuantile computes it.</summary>
internal static class HistogramQuantile
{
    private const string BoundLabel = "le";

    public static VectorValue Evaluate(double quantile, IReadOnlyList<Element> buckets)
    {
        var histograms =
            from bucket in buckets
            let bound = Bound(bucket.Labels[BoundLabel])
            where bound is not null
            group (bound.Value, bucket.Value) by bucket.Labels.Without([BoundLabel, Labels.MetricName]);
        return new VectorValue([.. histograms.Select(histogram => new Element(histogram.Key, Of(quantile, histogram)))]);
    }

    public static double Of(double quantile, IEnumerable<(double Bound, double Count)> cumulative)
    {
        if (double.IsNaN(quantile))
            return double.NaN;
        if (quantile is < 0 or > 1)
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;

        var buckets = Monotonic(cumulative);
        if (!double.IsPositiveInfinity(buckets[^1].Bound) || buckets.Count < 2 || buckets[^1].Count is 0 or double.NaN)
            return double.NaN;

        var rank = quantile * buckets[^1].Count;
        var found = buckets.FindIndex(bucket => bucket.Count >= rank);
        if (found == buckets.Count - 1)
            return buckets[^2].Bound;
        if (found == 0)
            return buckets[0].Bound <= 0 ? buckets[0].Bound : buckets[0].Bound * (rank / buckets[0].Count);
        var (below, at) = (buckets[found - 1], buckets[found]);
        return below.Bound + (at.Bound - below.Bound) * ((rank - below.Count) / (at.Count - below.Count));
    }

    // Buckets of one bound are added up, and a count below the one before it, which a scrape between two updates can show, is raised to it.
    private static List<(double Bound, double Count)> Monotonic(IEnumerable<(double Bound, double Count)> buckets)
    {
        var most = double.NegativeInfinity;
        return
        [
            .. buckets.GroupBy(bucket => bucket.Bound, bucket => bucket.Count)
                .OrderBy(group => group.Key)
                .Select(group => (group.Key, most = Math.Max(most, group.Sum()))),
        ];
    }

    private static double? Bound(string text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null,
    };
}
