namespace Rollouts.Core;

/// <summary>What one check's query brought: a value with the requests it rests on, no data, or an error in one sentence.</summary>
/// <param name="Samples">Requests in the window; null where the provider does not tell.</param>
public sealed record Measurement(string Check, double? Value, double? Samples, string? Error);
