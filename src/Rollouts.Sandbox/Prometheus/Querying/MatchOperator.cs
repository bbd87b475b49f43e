namespace Rollouts.Sandbox.Prometheus.Querying;

internal enum MatchOperator
{
    Equal,
    NotEqual,
    Regex,
    NotRegex,
}
