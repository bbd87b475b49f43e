namespace Rollouts.Sandbox.Prometheus.Querying;

internal enum AggregationOperator
{
    Sum,
    Avg,
    Min,
    Max,
    Count,
}
