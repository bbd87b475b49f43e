using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// The primary is made from the target's template and has to serve before anything is taken from the target. A bad first image
/// therefore holds here with the target untouched (Flagger scales the only running workload to zero: D21).
/// </summary>
internal static class Initializing
{
    public static Decision Decide(Turn turn)
    {
        if (turn.Seen.Target is not { Workload: var target })
            return turn.Say(Waits.NoTarget(turn.Names)).Rest();

        // A VirtualService that the user had before us shows nothing of the primary: only its weights or the apex Service can.
        var primaryServes = turn.Seen.Route.Split is not null || turn.Seen.ApexOnPrimary;
        // A primary of ours that serves already (a Canary made anew, a status lost in a restore) is the proven one, whatever the target holds.
        var proven = turn.Seen.Primary is { Revision.Length: > 0, ReadyEndpoints: > 0 } serving ? serving.Revision : target.Revision;
        if (turn.Status.StableRevision is null || (turn.Status.StableRevision != proven && !primaryServes))
            return Begin(turn, proven);

        if (turn.Seen.Primary is not { } primary || primary.Revision != turn.Status.StableRevision || !primary.IsReady(turn.Spec.Analysis.PrimaryReadyThreshold))
            return turn.Say(Waits.Primary(turn.Names, turn.Seen.Primary)).Rest();
        // A newer revision that came in between is left running: its run comes next.
        var rests = target.Wanted == 0 || target.Revision != turn.Status.LastAppliedSpec;
        if (!turn.Seen.Route.IsAt(Traffic.AllPrimary) || !turn.Seen.ApexOnPrimary || !rests)
            return turn.Say(Waits.Handover(turn.Names)).LookAgain(turn.Seen.Route.Since + Observation.Draining);

        return Remember(turn).Fire(Signal.PrimaryServes).Tell("Initialized", Runs.Initialized(turn.Names)).Rest();
    }

    private static Turn Remember(Turn turn) => turn.Spec.HistoryLimit == 0 || turn.Status is not { History.Count: 0, StableRevision: { } revision }
        ? turn
        : turn.With(status => status with
        {
            History =
            [
                new RunRecord
                {
                    Run = "0",
                    Revision = revision,
                    Started = status.LastTransitionTime ?? turn.Now,
                    Finished = turn.Now,
                    Outcome = RunOutcome.Initial,
                    Reason = Runs.Initial(turn.Names, revision),
                },
            ],
        });

    private static Decision Begin(Turn turn, string revision) =>
        turn.With(status => status with
        {
            Target = turn.Names.Identity,
            StableRevision = revision,
            LastAppliedSpec = revision,
            LastPromotedSpec = revision,
        })
        .Tell("Initializing", Runs.Initializing(turn.Names, revision))
        .Rest();
}
