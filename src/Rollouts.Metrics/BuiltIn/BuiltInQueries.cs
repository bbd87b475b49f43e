namespace Rollouts.Metrics.BuiltIn;

/// <summary>The queries that a check gets by naming a metric, without writing PromQL.</summary>
public static class BuiltInQueries
{
    /// <summary>Percent 0..100 of the requests that were not answered with a server error.</summary>
    public const string RequestSuccessRate = "request-success-rate";

    /// <summary>The 99th percentile of the request duration in milliseconds, with its fraction.</summary>
    public const string RequestDuration = "request-duration";

    /// <summary>
    /// The query for a metric of a mesh, or null when that mesh has no such built-in metric. An unknown mesh is never answered with
    /// Istio's queries, as Flagger does: they would find no series there, and the run would fail for want of data.
    /// </summary>
    public static MetricQuery? Find(string provider, string metric, QueryScope scope) => (provider, metric) switch
    {
        ("istio", RequestSuccessRate) => IstioQueries.SuccessRate(scope),
        ("istio", RequestDuration) => IstioQueries.Duration(scope),
        _ => null,
    };
}
