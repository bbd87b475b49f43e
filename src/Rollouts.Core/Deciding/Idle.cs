using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Core.Routing;
using Rollouts.Core.Stepping;
using Rollouts.Model.Status;
using Rollouts.Model;

namespace Rollouts.Core.Deciding;

/// <summary>No run is under way: a new revision starts one, and that is all that can.</summary>
internal static class Idle
{
    public static Decision Decide(Turn turn)
    {
        if (turn.Seen.Target is not { Workload: var target })
            return turn.Say(Waits.NoTarget(turn.Names.Target)).Rest();

        if (turn.Status.Phase is Phase.Failed or Phase.Waiting && target.Revision == turn.Status.StableRevision)
            return Revert(turn, target);
        if (turn.Status.Phase == Phase.Failed)
        {
            if (turn.Asked(ControlKind.Retry, target.Revision) is { } retry && target.Revision == turn.Status.LastAppliedSpec)
                return Start(Hands.Swallow(turn.Consume(retry)), target.Revision, Runs.Retried(turn.Names, target.Revision, retry));
            if (turn.Run.RetiredAt is null && target.Wanted == 0 && turn.Seen.Route.IsAt(Traffic.AllPrimary))
                return turn.WithRun(run => run with { RetiredAt = turn.Now }).Rest();
        }

        if (target.Revision != turn.Status.LastAppliedSpec)
            return turn.Spec.Suspend ? Wait(turn, target.Revision) : Start(Hands.Swallow(turn), target.Revision, Runs.Started(turn.Names, target.Revision));

        return Hands.Swallow(turn).Say(Runs.Resting(turn.Names, turn.Status)).LookAgain(Drained(turn));
    }

    /// <summary>A new run: everything on the primary, step 0 of the program.</summary>
    public static Decision Start(Turn turn, string revision, string message)
    {
        var program = Ramp.Program(turn.Spec.Analysis);
        return turn.Fire(Signal.RevisionSeen)
            .With(status => status with
            {
                LastAppliedSpec = revision,
                FailedChecks = 0,
                Run = new RunStatus
                {
                    Id = NextId(status),
                    Revision = revision,
                    StartedAt = turn.Now,
                    StepStartedAt = turn.Now,
                    StepProgram = Ramp.Describe(program),
                },
            })
            .Tell("RevisionSeen", message)
            .Rest();
    }

    // A candidate that failed is scaled down first: in Succeeded nobody would do it any more.
    private static Decision Revert(Turn turn, WorkloadFacts target) =>
        turn.Status.Phase == Phase.Failed && turn.Run.RetiredAt is null && target.Wanted > 0
            ? turn.Say(turn.Seen.Route.IsAt(Traffic.AllPrimary) ? Waits.Retirement(turn.Names) : Waits.Route(turn.Names, Split.AllPrimary)).LookAgain(Drained(turn))
            : turn.Fire(Signal.Reverted)
                .With(status => status with { LastAppliedSpec = target.Revision })
                .Tell("Reverted", Runs.BackOnStable(turn.Names, target.Revision))
                .Rest();

    /// <summary>When a candidate that failed may be scaled down; null where there is none left.</summary>
    private static DateTimeOffset? Drained(Turn turn) =>
        turn.Status is { Phase: Phase.Failed, Run.RetiredAt: null } ? turn.Seen.Route.Since + Observation.Draining : null;

    private static Decision Wait(Turn turn, string revision) =>
        turn.Status.Phase == Phase.Waiting
            ? turn.Say(Waits.Suspended(turn.Names, revision)).Rest()
            : turn.Fire(Signal.Withheld).Tell("Suspended", Waits.Suspended(turn.Names, revision)).Rest();

    // Runs are numbered over the life of the Canary, so that "run 7" means one thing in events, status and logs.
    private static string NextId(CanaryStatus status) =>
        int.TryParse(status.Run?.Id, out var last) ? $"{last + 1}" : "1";
}
