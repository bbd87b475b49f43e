namespace Rollouts.Sandbox.Prometheus.Scraping;

/// <param name="Labels">With the metric's name as <c>__name__</c>.</param>
/// <param name="Time">Milliseconds since 1970, where the target gives it.</param>
internal readonly record struct ExposedSample(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, long? Time);
