namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>What a query sees at one time.</summary>
/// <param name="Time">Milliseconds since 1970.</param>
internal sealed record Moment(Selections Series, long Time)
{
    /// <summary>How old a sample may be to stand for the present: Prometheus' default.</summary>
    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);

    public VectorValue Select(VectorSelector selector)
    {
        var elements = new List<Element>();
        foreach (var series in Series.Of(selector))
        {
            if (series.At(Time, Time - (long)Lookback.TotalMilliseconds) is { } sample)
                elements.Add(new Element(series.Labels, sample.Value));
        }
        return new VectorValue(elements);
    }

    // Both ends belong to the range, as in Prometheus 2; Prometheus 3 leaves the first one out.
    public MatrixValue Select(RangeSelector selector)
    {
        var start = Time - (long)selector.Range.TotalMilliseconds;
        var runs = Series.Of(selector.Selector)
            .Select(series => new SampleRun(series.Labels, series.Between(start, Time)))
            .Where(run => run.Samples.Count > 0);
        return new MatrixValue([.. runs], start, Time);
    }
}
