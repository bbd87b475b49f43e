using Rollouts.Model.Status;

namespace Rollouts.Simulation.Releasing;

/// <summary>How a simulated release went.</summary>
/// <param name="Timeline">Each status, and how long after the push.</param>
/// <param name="Took">From the push to the promotion, the rollback or where it waits.</param>
/// <param name="Requests">Requests of users while the run was under way; copies are none.</param>
public sealed record ReleaseReport(
    ReleaseEnding Ending, IReadOnlyList<(TimeSpan After, CanaryStatus Status)> Timeline, TimeSpan Took, long Requests, long FailedRequests);

/// <summary>Where a simulation ends.</summary>
public enum ReleaseEnding
{
    Promoted,

    RolledBack,

    /// <summary>A person, a gate or spec.suspend holds it, and nothing will happen by itself.</summary>
    Waits,
}
