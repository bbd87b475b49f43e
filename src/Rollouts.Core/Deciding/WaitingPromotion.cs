using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Judging;
using Rollouts.Core.Phases;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>The program is done and a person has the last word. Checks go on at the reached split, and may still roll back.</summary>
internal static class WaitingPromotion
{
    public static Decision Decide(Turn turn)
    {
        if (RunEnd.Of(turn) is { } end)
            return end;
        if (turn.Seen.Target is not { Workload: var candidate } || !candidate.IsReady(turn.Spec.Analysis.CanaryReadyThreshold))
            return turn.Say(Waits.Candidate(turn.Names, turn.Seen.Target?.Workload)).Rest();
        if (turn.Asked(ControlKind.Promote, turn.Run.Revision) is { } promote)
            return turn.Consume(promote).Fire(Signal.Promoted).Tell("Promoting", Runs.PromotedByHand(turn.Names, turn.Run, promote)).Rest();

        var waiting = turn.Say(Waits.Approval(turn.Names, turn.Canary, turn.Run));
        if (Checks.DueAt(turn) is not { } due)
            return waiting.Rest();
        if (turn.Now < due)
            return waiting.LookAgain(due);
        if (!Checks.AreMeasured(turn))
            return waiting.LookAgain(turn.Now + Checks.Patience);
        return Judge(waiting);
    }

    private static Decision Judge(Turn turn)
    {
        var analysis = turn.Spec.Analysis;
        var verdicts = Checks.Judge(turn);
        var judged = turn.WithRun(run => run with { Verdicts = verdicts });
        if (Verdicts.Sum(verdicts, analysis) != Verdict.Fail)
            return judged.LookAgain(Checks.DueAt(judged));

        var failed = turn.Status.FailedChecks + 1;
        var why = Runs.CheckFailed(Verdicts.Worst(verdicts, analysis, Verdict.Fail), failed, analysis.Threshold);
        var counted = judged.With(status => status with { FailedChecks = failed });
        return failed >= analysis.Threshold
            ? RunEnd.RollBack(counted, RunOutcome.Failed, why)
            : counted.Tell("CheckFailed", why, warning: true).LookAgain(Checks.DueAt(counted));
    }
}
