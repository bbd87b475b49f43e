using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Samples of one series, in the order of their times.</summary>
internal sealed record SampleRun(Labels Labels, IReadOnlyList<Sample> Samples);
