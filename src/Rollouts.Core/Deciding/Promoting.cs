using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// The primary takes over exactly the analysed template, from its snapshot, while the candidate keeps its share of the traffic. A newer
/// push does not stop that (the template was proven good) but its pods get no traffic: the split goes back at once.
/// </summary>
internal static class Promoting
{
    public static Decision Decide(Turn turn)
    {
        if (turn.Asked(ControlKind.Abort, turn.Run.Revision) is { } abort)
            return RunEnd.RollBack(turn.Consume(abort), RunOutcome.Aborted, Runs.Aborted(turn.Run, abort), abort.By);
        var primary = turn.Seen.Primary is { } copy && copy.Revision == turn.Run.Revision ? copy : null;
        if (primary is not null && primary.IsReady(turn.Spec.Analysis.PrimaryReadyThreshold))
            return Finish(turn);
        if (primary?.Failure is { } failure)
            return RunEnd.RollBack(turn, RunOutcome.Failed, Runs.PodFailed(failure));
        if (primary is { DeadlineExceeded: true } || turn.Now >= Deadline(turn))
            return RunEnd.RollBack(turn, RunOutcome.Failed, Runs.DeadlineMissed(turn.Names.Primary, primary, turn.Spec.ProgressDeadline));
        return Protect(turn, Waits.Promotion(turn.Names, turn.Run, primary));
    }

    private static Decision Finish(Turn turn) =>
        turn.Fire(Signal.PrimaryUpdated)
            .With(status => status with { StableRevision = turn.Run.Revision, LastPromotedSpec = turn.Run.Revision })
            .WithRun(run => run with { Split = Split.AllPrimary })
            .Tell("PrimaryUpdated", Runs.PrimaryUpdated(turn.Names, turn.Run))
            .Rest();

    private static Decision Protect(Turn turn, string message)
    {
        var serves = turn.Seen.Target is { Workload: var candidate } && candidate.Revision == turn.Run.Revision && candidate.ReadyEndpoints > 0;
        var next = serves ? turn : turn.WithRun(run => run with { Split = Split.AllPrimary });
        return next.Say(message).LookAgain(Deadline(turn));
    }

    private static DateTimeOffset Deadline(Turn turn) => (turn.Status.LastTransitionTime ?? turn.Now) + turn.Spec.ProgressDeadline;
}
