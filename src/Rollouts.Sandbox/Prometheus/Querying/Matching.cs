namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>By which labels the elements of two vectors belong together.</summary>
/// <param name="On">The labels are the only ones that count; else the ones that do not.</param>
internal sealed record Matching(bool On, IReadOnlyList<string> Labels);
