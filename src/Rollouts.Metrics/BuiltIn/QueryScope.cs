namespace Rollouts.Metrics.BuiltIn;

/// <summary>Whose requests a built-in metric looks at.</summary>
/// <param name="Namespace">The namespace of the workload.</param>
/// <param name="Workload">The workload's own name: of the target for the candidate, of <c>target-primary</c> for the primary.</param>
/// <param name="Window">How far back from now; at least a millisecond, which is Prometheus's resolution.</param>
public sealed record QueryScope(string Namespace, string Workload, TimeSpan Window)
{
    /// <summary>The Service that the requests are sent to, where only that tells them apart: its workloads may have any name. Null: the workload does.</summary>
    public string? Service { get; init; }
}
