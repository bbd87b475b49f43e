using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>All traffic back on the primary, then the candidate to zero. A newer revision in the target is left running: its run comes next.</summary>
internal static class Finalising
{
    public static Decision Decide(Turn turn)
    {
        // A run back to the very revision that the primary serves has ended as reverted.
        var reverted = turn.Status.History is [{ Outcome: RunOutcome.Reverted } last, ..] && last.Run == turn.Run.Id;
        var promoted = turn.Run.Revision == turn.Status.StableRevision && !reverted;
        var newer = turn.Seen.Target is { } target && target.Workload.Revision != turn.Status.LastAppliedSpec;
        if (!turn.Seen.Route.IsAt(Traffic.AllPrimary))
            return turn.Say(Waits.Route(turn.Names, Traffic.AllPrimary)).Rest();
        if (turn.Seen.Target is { Workload.Wanted: > 0 } && !newer)
            return turn.Say(Waits.Retirement(turn.Names)).LookAgain(turn.Seen.Route.Since + Observation.Draining);

        var reason = promoted ? Runs.Promoted(turn.Names, turn.Run.Revision) : Runs.BackOnStable(turn.Names, turn.Status.StableRevision);
        var finished = turn.Fire(Signal.CandidateRetired);
        return (promoted ? finished.Record(RunOutcome.Promoted, reason, turn.Run.PromotedBy).ToldLater() : finished)
            .WithRun(run => run with { RetiredAt = turn.Now })
            .Tell(promoted ? "Promoted" : "Succeeded", reason)
            .Rest();
    }
}
