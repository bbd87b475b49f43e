namespace Rollouts.Sandbox.Prometheus.Querying;

internal enum TokenKind
{
    Identifier,
    Number,
    Duration,
    Text,
    Symbol,
    End,
}
