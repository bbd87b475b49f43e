namespace Rollouts.Sandbox.Traffic;

/// <param name="Version">Who answered; null where nobody did or said.</param>
/// <param name="Failure">null: answered well.</param>
internal sealed record Exchange(TimeSpan Latency, string? Version, Failure? Failure);
