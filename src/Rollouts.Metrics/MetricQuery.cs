namespace Rollouts.Metrics;

/// <summary>What to ask a provider, in the provider's own language.</summary>
/// <param name="Value">The expression that gives the one number to judge.</param>
/// <param name="Samples">The expression that counts the requests the number rests on; null where nothing can be counted.</param>
public sealed record MetricQuery(string Value, string? Samples = null);
