namespace Rollouts.Metrics;

/// <summary>A place that can be asked for a number about a workload.</summary>
public interface IMetricProvider
{
    /// <summary>
    /// Asks once, with the provider's own bounded retries. Trouble that is to be expected of a server (down, slow, refusing, answering
    /// nonsense) is a <see cref="Measurement.Error"/>, never an exception, because an outage of the metrics must hold a run and not
    /// fail it. Throws <see cref="OperationCanceledException"/> only when <paramref name="cancellationToken"/> is cancelled.
    /// </summary>
    Task<Measurement> MeasureAsync(MetricQuery query, CancellationToken cancellationToken);
}
