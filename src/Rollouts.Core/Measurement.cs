using Rollouts.Model;

namespace Rollouts.Core;

/// <summary>What one check's query brought: a value with the requests it rests on, no data, or an error in one sentence.</summary>
/// <param name="Samples">Requests that it looked at; null where the provider does not tell.</param>
/// <param name="Lookback">How far back it looked; null: the metric's interval.</param>
public sealed record Measurement(string Check, double? Value, double? Samples, string? Error, Interval? Lookback = null);
