using Rollouts.Core.Explaining;
using Rollouts.Core.Judging;
using Rollouts.Core.Routing;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// When the checks of a run are due: its metrics, and the webhooks that are asked with them. It depends on the status and the time alone,
/// so the observer asks this too, and goes to Prometheus only when something is due.
/// </summary>
internal static class Checks
{
    /// <summary>How long to wait for answers that are under way before looking again; they come as an event of their own.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether there is anything to check at all.</summary>
    public static bool Exist(Turn turn) => turn.Spec.Analysis.Metrics.Count > 0 || Gates.Of(turn, HookKind.Rollout).Any();

    /// <summary>
    /// When the clock of the present step began: the route was seen as the step wants it. Null: not yet. A process that led before may
    /// remember equal traffic from an earlier step, hence the later of the two.
    /// </summary>
    public static DateTimeOffset? Began(Turn turn)
    {
        if (turn.Status.Run is not { Step: > 0 } run || !turn.Seen.Route.IsAt(Traffic.Of(run)))
            return null;
        // A pause and an analysis leave the traffic where it is. Who leads anew and sees the route for the first time does not begin them again.
        return turn.Step?.End is StepEnd.Elapsed or StepEnd.Proven && run.StepStartedAt is { } decided ? decided : Later(run.StepStartedAt, turn.Seen.Route.Since);
    }

    public static DateTimeOffset Later(DateTimeOffset? decided, DateTimeOffset seen) => decided > seen ? decided.Value : seen;

    /// <summary>One interval after the step began, and then one after each round; sooner where an analysis ends sooner. Null: never.</summary>
    public static DateTimeOffset? DueAt(Turn turn)
    {
        if (Began(turn) is not { } began || !Exist(turn))
            return null;
        var last = LastRound(turn);
        var from = last > began ? last : began;
        var due = from + turn.Spec.Analysis.Interval.Length;
        var end = turn.Step?.End is StepEnd.Proven { For: var stretch } ? began + stretch : due;
        return end > from && end < due ? end : due;
    }

    /// <summary>Whether a round is due now.</summary>
    public static bool AreDue(Turn turn) => DueAt(turn) is { } due && turn.Now >= due;

    public static bool AreMeasured(Turn turn) =>
        turn.Seen.Measurements.Count == turn.Spec.Analysis.Metrics.Count && Gates.AreAnswered(turn, HookKind.Rollout);

    /// <summary>Whether the last round was of the present step and nothing in it failed or is open.</summary>
    public static bool HavePassed(Turn turn) =>
        Began(turn) is { } began && LastRound(turn) > began && SumOf(turn) == Verdict.Pass;

    public static EquatableList<CheckVerdict> Judge(Turn turn) =>
        turn.Spec.Analysis.Metrics.Zip(turn.Seen.Measurements, (metric, measured) => Verdicts.Of(metric, measured, turn.Now)).ToEquatableList();

    /// <summary>What the last round says as a whole; a webhook that said no fails it.</summary>
    public static Verdict SumOf(Turn turn) =>
        Gates.Refused(turn, HookKind.Rollout) is not null ? Verdict.Fail
        : AreJudged(turn) ? Verdicts.Sum(turn.Run.Verdicts, turn.Spec.Analysis)
        : Verdict.None;

    /// <summary>Whether the last round was of the checks that the spec has now.</summary>
    public static bool AreJudged(Turn turn) => turn.Run.Verdicts.Count == turn.Spec.Analysis.Metrics.Count;

    /// <summary>The one check that a sentence about the last round is of.</summary>
    public static string Sentence(Turn turn, Verdict verdict) =>
        verdict == Verdict.Fail && Gates.Refused(turn, HookKind.Rollout) is { } hook
            ? hook.Sentence ?? hook.Name
            : AreJudged(turn) ? Verdicts.Worst(turn.Run.Verdicts, turn.Spec.Analysis, verdict).Sentence ?? verdict.ToString()
            : Waits.NotJudged;

    /// <summary>When the last round was judged; the earliest of times where there was none.</summary>
    public static DateTimeOffset LastRound(Turn turn) =>
        turn.Run.Verdicts.Select(verdict => verdict.At)
            .Concat(turn.Run.Gates.Where(gate => gate.Kind == HookKind.Rollout).Select(gate => gate.At ?? DateTimeOffset.MinValue))
            .DefaultIfEmpty(DateTimeOffset.MinValue)
            .Max();
}
