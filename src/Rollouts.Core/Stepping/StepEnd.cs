namespace Rollouts.Core.Stepping;

/// <summary>What has to be so before a step is over.</summary>
public abstract record StepEnd
{
    private StepEnd()
    {
    }

    /// <summary>A round of checks passed, one interval after the route was seen.</summary>
    public sealed record Checked : StepEnd;

    /// <summary>Route and pods are as the step wants them; the step after it watches over them.</summary>
    public sealed record Reached : StepEnd;

    /// <summary>A time has passed, and the last round of checks in it did not fail.</summary>
    public sealed record Elapsed(TimeSpan Duration) : StepEnd;

    /// <summary>A person promotes.</summary>
    public sealed record Approved : StepEnd;

    /// <summary>The checks passed over all of the step's time, which was long enough and had enough requests.</summary>
    public sealed record Proven(TimeSpan For, long MinRequests) : StepEnd;
}
