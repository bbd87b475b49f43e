using Rollouts.Core.Explaining;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>A round of checks: all metrics and the webhooks asked with them, judged together once all have answered.</summary>
internal static class Rounds
{
    /// <summary>Judges the round that is due, and goes on with <paramref name="passed"/> where nothing failed and nothing is open.</summary>
    public static Decision Decide(Turn turn, Func<Turn, Decision> passed)
    {
        if (!Checks.AreDue(turn))
            return passed(turn);
        if (!Checks.AreMeasured(turn))
            return turn.Stand().LookAgain(turn.Now + Checks.Patience);

        var verdicts = Checks.Judge(turn);
        var judged = Gates.Note(turn, HookKind.Rollout).WithRun(run => run with { Verdicts = verdicts });
        return Checks.SumOf(judged) switch
        {
            Verdict.Fail => Fail(judged.WithRun(run => run with { Holds = null }), Checks.Sentence(judged, Verdict.Fail)),
            // Nothing is kept from going on where a person or a time is waited for.
            Verdict.None when StepClock.IsPause(judged) => passed(judged.WithRun(run => run with { Holds = null })),
            Verdict.None when judged.Status.Phase == Phase.WaitingPromotion => passed(judged),
            Verdict.None => Holding.Hold(judged, Waits.Evidence(Checks.Sentence(judged, Verdict.None))),
            Verdict.Pass => passed(Moving.IsHeld(judged) ? judged : judged.WithRun(run => run with { Holds = null })),
        };
    }

    /// <summary>The webhooks that are asked before the candidate takes traffic; a no is a failed check. Null where all have said yes.</summary>
    public static Decision? PreRollout(Turn turn)
    {
        const HookKind kind = HookKind.PreRollout;
        if (Gates.AreOpen(turn, kind))
            return null;
        if (!IsPreRolloutDue(turn))
            return turn.Say(Waits.AskedAgain(Gates.Refused(turn, kind)?.Sentence)).LookAgain(AskedAgainAt(turn));
        if (!Gates.AreAnswered(turn, kind))
            return turn.Say(Waits.Gate(kind)).LookAgain(turn.Now + Checks.Patience);

        var noted = Gates.Note(turn, kind);
        return Fail(noted, Gates.Refused(noted, kind)?.Sentence ?? kind.ToString());
    }

    /// <summary>Whether they are to be asked now: at first at once, after a no an interval later.</summary>
    public static bool IsPreRolloutDue(Turn turn) => !Gates.AreOpen(turn, HookKind.PreRollout) && !(AskedAgainAt(turn) > turn.Now);

    private static DateTimeOffset? AskedAgainAt(Turn turn) => Gates.Refused(turn, HookKind.PreRollout)?.At + turn.Spec.Analysis.Interval.Length;

    private static Decision Fail(Turn turn, string sentence)
    {
        var failed = turn.Status.FailedChecks + 1;
        var why = Runs.CheckFailed(sentence, failed, turn.Spec.Analysis.Threshold);
        var counted = turn.With(status => status with { FailedChecks = failed });
        return failed >= turn.Spec.Analysis.Threshold
            ? RunEnd.RollBack(counted, RunOutcome.Failed, why)
            : counted.Tell("CheckFailed", why, warning: true).LookAgain(Checks.DueAt(counted), turn.Now + turn.Spec.Analysis.Interval.Length);
    }
}
