using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>What a query or a part of one comes to at one time.</summary>
internal abstract record Value;

internal sealed record ScalarValue(double Number) : Value;

internal sealed record TextValue(string Text) : Value;

internal sealed record VectorValue(IReadOnlyList<Element> Elements) : Value;

/// <param name="Start">Of the range asked for, in milliseconds since 1970; not of the first sample in it.</param>
internal sealed record MatrixValue(IReadOnlyList<SampleRun> Runs, long Start, long End) : Value;
