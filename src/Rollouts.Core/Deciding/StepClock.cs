using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>Whether the present step is over, and when that may change without an event.</summary>
internal static class StepClock
{
    public static bool IsOver(Turn turn)
    {
        if (Checks.Began(turn) is not { } began)
            return false;
        return turn.Step?.End switch
        {
            // A step that was edited away is over with the next check, as if it had been one of those.
            null or StepEnd.Checked => Checks.Exist(turn) ? Checks.HavePassed(turn) : turn.Now >= began + turn.Spec.Analysis.Interval.Length,
            StepEnd.Reached => true,
            StepEnd.Elapsed elapsed => turn.Now >= began + elapsed.Duration && (Checks.LastRound(turn) <= began || Checks.SumOf(turn) == Verdict.Pass),
            StepEnd.Approved => false,
            StepEnd.Proven proven => turn.Now >= began + proven.For
                && (!Checks.Exist(turn) || (Checks.HavePassed(turn) && Checks.LastRound(turn) >= began + proven.For))
                && Requests(turn) >= proven.MinRequests,
            _ => throw new InvalidOperationException($"Nobody knows the end {turn.Step.End.GetType().Name}."),
        };
    }

    /// <summary>When time alone may end the step; null: it will not.</summary>
    public static DateTimeOffset? EndsAt(Turn turn) => Checks.Began(turn) is not { } began ? null : turn.Step?.End switch
    {
        null or StepEnd.Checked => Checks.Exist(turn) ? null : began + turn.Spec.Analysis.Interval.Length,
        StepEnd.Elapsed elapsed => began + elapsed.Duration,
        StepEnd.Proven proven => began + proven.For,
        _ => null,
    };

    /// <summary>Whether the step waits for a person or for its time, so that a check without data keeps it from nothing.</summary>
    public static bool IsPause(Turn turn) => turn.Step?.End switch
    {
        StepEnd.Approved => true,
        StepEnd.Elapsed elapsed => turn.Now < Checks.Began(turn) + elapsed.Duration,
        _ => false,
    };

    /// <summary>The analysis that has had its time and passed its checks, and lacks requests; null where none does.</summary>
    public static StepEnd.Proven? Lacking(Turn turn) =>
        turn.Step?.End is StepEnd.Proven proven && Checks.Began(turn) is { } began && turn.Now >= began + proven.For
        && (!Checks.Exist(turn) || Checks.HavePassed(turn)) && Requests(turn) < proven.MinRequests
            ? proven
            : null;

    /// <summary>Requests of the candidate that the last round looked at: over an analysis that is all of its time.</summary>
    public static long Requests(Turn turn) => turn.Run.Verdicts.Select(verdict => verdict.Samples ?? 0).DefaultIfEmpty(0).Max();
}
