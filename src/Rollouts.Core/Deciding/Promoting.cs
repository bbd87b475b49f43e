using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// The primary takes over exactly the analysed template, from its snapshot, while the candidate keeps its share of the traffic; then, where
/// asked for, traffic comes back to it in steps. A newer push does not stop that (the template was proven good) but its pods get no
/// traffic: the split goes back at once.
/// </summary>
internal static class Promoting
{
    public static Decision Decide(Turn turn)
    {
        if (turn.Status.StableRevision == turn.Run.Revision)
            return Shift(turn);
        if (turn.Asked(ControlKind.Abort, turn.Run.Revision) is { } abort)
            return RunEnd.RollBack(turn.Heed(abort), RunOutcome.Aborted, Runs.Aborted(turn.Run, abort), abort.By);
        if (turn.Asked(ControlKind.Rollback) is { } rollback && Undo.CanBegin(turn, rollback))
            return RunEnd.RollBack(turn.WithRun(run => run.By(rollback, turn.Now)), RunOutcome.Aborted, Runs.Aborted(turn.Run, rollback), rollback.By);
        var primary = turn.Seen.Primary is { } copy && copy.Revision == turn.Run.Revision ? copy : null;
        if (primary is not null && primary.IsReady(turn.Spec.Analysis.PrimaryReadyThreshold))
            return Finish(turn);
        if (primary?.Failure is { } failure)
            return RunEnd.RollBack(turn, RunOutcome.Failed, Runs.PodFailed(failure));
        if (primary is { DeadlineExceeded: true } || turn.Now >= Deadline(turn))
            return RunEnd.RollBack(turn, RunOutcome.Failed, Runs.DeadlineMissed(turn.Names.Primary, primary, turn.Spec.ProgressDeadline));
        return Protect(turn, Waits.Promotion(turn.Names, turn.Run, primary));
    }

    private static Decision Finish(Turn turn)
    {
        var promoted = turn.With(status => status with { StableRevision = turn.Run.Revision, LastPromotedSpec = turn.Run.Revision });
        return Back(turn) is { } split && split != Split.AllPrimary && Serves(turn)
            ? To(promoted, split)
            : promoted.Fire(Signal.PrimaryUpdated)
                .WithRun(run => run with { Split = Split.AllPrimary })
                .Tell("PrimaryUpdated", Runs.PrimaryUpdated(turn.Names, turn.Run))
                .Rest();
    }

    /// <summary>One step of stepWeightPromotion back in each interval. Where the candidate must not serve any more the rest goes at once.</summary>
    private static Decision Shift(Turn turn)
    {
        if (!Serves(turn) || turn.Spec.Analysis.StepWeightPromotion == Weight.Zero)
            return Finish(turn);
        if (!turn.Seen.Route.IsAt(Traffic.Of(turn.Run)))
            return turn.Say(Waits.Route(turn.Names, Traffic.Of(turn.Run))).Rest();
        var due = Checks.Later(turn.Run.StepStartedAt, turn.Seen.Route.Since) + turn.Spec.Analysis.Interval.Length;
        return turn.Now < due ? turn.LookAgain(due) : Finish(turn);
    }

    private static Decision To(Turn turn, Split split) =>
        turn.Fire(Signal.StepPassed)
            .WithRun(run => run with { Split = split, StepStartedAt = turn.Now })
            .Tell("TrafficBack", Runs.TrafficBack(turn.Names, split))
            .Rest();

    /// <summary>The split one step nearer to the primary; null: all at once.</summary>
    private static Split? Back(Turn turn)
    {
        var step = turn.Spec.Analysis.StepWeightPromotion;
        return step == Weight.Zero ? null : new Split(new Weight(Math.Max(0, turn.Run.Split.Candidate.Percent - step.Percent)));
    }

    private static Decision Protect(Turn turn, string message)
    {
        var next = Serves(turn) ? turn : turn.WithRun(run => run with { Split = Split.AllPrimary });
        return next.Say(message).LookAgain(Deadline(turn));
    }

    private static bool Serves(Turn turn) =>
        turn.Seen.Target is { Workload: var candidate } && candidate.Revision == turn.Run.Revision && candidate.ReadyEndpoints > 0;

    private static DateTimeOffset Deadline(Turn turn) => (turn.Status.LastTransitionTime ?? turn.Now) + turn.Spec.ProgressDeadline;
}
