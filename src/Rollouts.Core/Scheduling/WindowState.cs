namespace Rollouts.Core.Scheduling;

/// <summary>Whether a run may start and move forward at a moment. Times have the offset of the schedule's zone then.</summary>
public abstract record WindowState
{
    private WindowState() { }

    /// <summary>It may.</summary>
    /// <param name="Until">the first moment at which it may not; null: none is in sight</param>
    public sealed record Open(DateTimeOffset? Until) : WindowState;

    /// <summary>It may not.</summary>
    /// <param name="Until">the first moment at which it may; null: none within five years</param>
    /// <param name="Why">what keeps it closed, and what does after that, as part of a sentence</param>
    public sealed record Closed(DateTimeOffset? Until, string Why) : WindowState;
}
