using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Judging;
using Rollouts.Core.Phases;
using Rollouts.Core.Routing;
using Rollouts.Core.Stepping;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;
using Rollouts.Model;

namespace Rollouts.Core.Deciding;

/// <summary>The candidate takes traffic step by step. What can end the run comes first, what moves it forward last.</summary>
internal static class Progressing
{
    public static Decision Decide(Turn turn) =>
        RunEnd.Of(turn)
        ?? Hands.On(turn)
        ?? WaitForCandidate(turn)
        ?? WaitForRoute(turn)
        ?? Move(turn);

    private static Decision? WaitForCandidate(Turn turn)
    {
        if (turn.Seen.Target is { Workload: var candidate } && candidate.IsReady(turn.Spec.Analysis.CanaryReadyThreshold))
            return null;
        var deadline = turn.Run.StartedAt + turn.Spec.ProgressDeadline;
        return turn.Run.Step == 0
            ? turn.Say(Waits.Candidate(turn.Names, turn.Seen.Target?.Workload)).LookAgain(deadline)
            : Holding.Hold(turn, Waits.Candidate(turn.Names, turn.Seen.Target?.Workload));
    }

    private static Decision? WaitForRoute(Turn turn)
    {
        if (turn.Seen.Route.IsAt(Traffic.Of(turn.Run)))
            return null;
        if (turn.Asked(ControlKind.Promote, turn.Run.Revision) is { Full: true } promote)
            return Skip(turn.Consume(promote), promote);
        var mayPromote = turn.Run.Paused is null && !turn.Spec.Suspend && turn.Spec.Analysis.Promotion == PromotionMode.Automatic;
        if (mayPromote && turn.Seen.Primary is { ReadyEndpoints: 0 })
            return Rescue(turn);
        var end = turn.Run.StepStartedAt + turn.Spec.Analysis.MaxHold;
        var waiting = Waits.Route(turn.Names, turn.Run.Split);
        return turn.Run.Paused is null && turn.Now >= end
            ? RunEnd.RollBack(turn, RunOutcome.Failed, Runs.HeldTooLong(waiting, turn.Spec.Analysis))
            : turn.Say(waiting).LookAgain(end);
    }

    /// <summary>
    /// A primary without a ready pod serves nobody, and no split with it may be written: a candidate that is ready is the fix, and
    /// steps would only keep it from the users (fluxcd/flagger#639, #1207: an unhealthy primary blocks its own fix).
    /// </summary>
    private static Decision Rescue(Turn turn) =>
        turn.Fire(Signal.ProgramPassed).Tell("Promoting", Runs.Rescued(turn.Names, turn.Run), warning: true).Rest();

    private static Decision Move(Turn held)
    {
        var turn = WithoutReadinessHold(held);
        if (turn.Run.Step == 0)
            return turn.Run.Paused is null && !turn.Spec.Suspend ? Advance(turn) : Stand(turn).Rest();

        if (turn.Asked(ControlKind.Promote, turn.Run.Revision) is { } promote)
            return Skip(turn.Consume(promote), promote);

        if (Checks.DueAt(turn) is not { } due)
            return Stand(turn).Rest();
        if (turn.Now < due)
            return Stand(turn).LookAgain(due);
        if (!Checks.AreMeasured(turn))
            return Stand(turn).LookAgain(turn.Now + Checks.Patience);

        var verdicts = Checks.Judge(turn);
        var judged = turn.WithRun(run => run with { Verdicts = verdicts });
        return Verdicts.Sum(verdicts, turn.Spec.Analysis) switch
        {
            Verdict.Fail => Fail(judged, verdicts),
            Verdict.None => Holding.Hold(judged, Waits.Evidence(Verdicts.Worst(verdicts, turn.Spec.Analysis, Verdict.None))),
            Verdict.Pass => Pass(judged),
        };
    }

    /// <summary>A hold for want of readiness ends when the candidate is ready; one for want of evidence ends with the next verdict.</summary>
    private static Turn WithoutReadinessHold(Turn turn)
    {
        var lacksEvidence = turn.Run.Verdicts.Count == turn.Spec.Analysis.Metrics.Count && Verdicts.Sum(turn.Run.Verdicts, turn.Spec.Analysis) == Verdict.None;
        return turn.Run.Holds is null || lacksEvidence ? turn : turn.WithRun(run => run with { Holds = null });
    }

    private static Decision Fail(Turn turn, EquatableList<CheckVerdict> verdicts)
    {
        var analysis = turn.Spec.Analysis;
        var failed = turn.Status.FailedChecks + 1;
        var why = Runs.CheckFailed(Verdicts.Worst(verdicts, analysis, Verdict.Fail), failed, analysis.Threshold);
        var counted = turn.With(status => status with { FailedChecks = failed }).WithRun(run => run with { Holds = null });
        return failed >= analysis.Threshold
            ? RunEnd.RollBack(counted, RunOutcome.Failed, why)
            : counted.Tell("CheckFailed", why, warning: true).LookAgain(Checks.DueAt(counted));
    }

    private static Decision Pass(Turn turn)
    {
        var free = turn.WithRun(run => run with { Holds = null });
        return turn.Run.Paused is null && !turn.Spec.Suspend ? Advance(free) : Stand(free).LookAgain(Checks.DueAt(free));
    }

    /// <summary>
    /// Says what is true between two checks. It follows from the status alone, so that a wait which is over (for the route, for pods)
    /// does not leave its sentence behind.
    /// </summary>
    private static Turn Stand(Turn turn)
    {
        var run = turn.Run;
        var analysis = turn.Spec.Analysis;
        if (run.Paused is { } pause)
            return turn.Say(Waits.Paused(pause, run.Split));
        if (turn.Spec.Suspend)
            return turn.Say(Waits.Suspended(turn.Names, run.Revision));

        var isJudged = run.Verdicts.Count == analysis.Metrics.Count && run.Verdicts.All(verdict => verdict.At > run.StepStartedAt);
        return turn.Say((isJudged ? Verdicts.Sum(run.Verdicts, analysis) : Verdict.Pass) switch
        {
            Verdict.Fail => Runs.CheckFailed(Verdicts.Worst(run.Verdicts, analysis, Verdict.Fail), turn.Status.FailedChecks, analysis.Threshold),
            Verdict.None => Waits.Evidence(Verdicts.Worst(run.Verdicts, analysis, Verdict.None)),
            Verdict.Pass => Runs.Advanced(run, Ramp.Program(analysis), run.Split.Candidate),
        });
    }

    /// <summary>To the next weight; past the last one to promotion, or to the person who has the last word.</summary>
    private static Decision Advance(Turn turn)
    {
        var program = Ramp.Program(turn.Spec.Analysis);
        if (Ramp.Next(program, turn.Run.Split.Candidate) is not { } weight)
            return Complete(turn);
        var split = new Split(weight);
        return turn.Fire(Signal.StepPassed)
            .WithRun(run => run with
            {
                Step = Ramp.Number(program, weight),
                StepStartedAt = turn.Now,
                StepProgram = Ramp.Describe(program),
                Split = split,
                Reached = run.Reached.Candidate >= weight ? run.Reached : split,
                Holds = null,
            })
            .Tell("StepAdvanced", Runs.Advanced(turn.Run, program, weight))
            .Rest();
    }

    private static Decision Complete(Turn turn) => turn.Spec.Analysis.Promotion switch
    {
        PromotionMode.Automatic => turn.Fire(Signal.ProgramPassed).Tell("Promoting", Runs.Promoting(turn.Names, turn.Run)).Rest(),
        PromotionMode.Manual => turn.Fire(Signal.ApprovalNeeded)
            .WithRun(run => run with { Paused = null })
            .Tell("WaitingForPromotion", Waits.Approval(turn.Names, turn.Canary, turn.Run)).LookAgain(Checks.DueAt(turn)),
    };

    private static Decision Skip(Turn turn, Control promote)
    {
        var released = turn.WithRun(run => run with { Paused = null, Holds = null });
        return promote.Full
            ? released.Fire(Signal.Promoted).Tell("Promoting", Runs.PromotedByHand(turn.Names, turn.Run, promote)).Rest()
            : Advance(released.Tell("StepSkipped", Runs.Skipped(turn.Run, promote)));
    }
}
