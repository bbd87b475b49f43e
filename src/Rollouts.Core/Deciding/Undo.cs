using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// Back to an earlier revision, by its kept template. It becomes the candidate of a run of its own: the target is given the template, as
/// <c>kubectl rollout undo</c> would. A revision that was promoted within the kept history is not analysed again.
/// </summary>
internal static class Undo
{
    /// <summary>What was asked for, once; null where nothing was.</summary>
    public static Decision? On(Turn turn, WorkloadFacts target)
    {
        if (turn.Asked(ControlKind.Rollback) is not { } asked)
            return null;
        var done = turn.Consume(asked);
        if (asked.Revision == turn.Status.StableRevision && target.Revision == asked.Revision)
            return done.Tell("RollbackNeedless", Undos.Serves(turn.Names, asked)).Rest();
        if (!IsKept(turn, asked))
            return done.Tell("RollbackUnknown", Undos.Unknown(asked, turn.Seen.Snapshots.Keys), warning: true).Rest();

        var run = Idle.New(turn, asked.Revision).By(asked, turn.Now) with
        {
            Proven = turn.Status.History.Any(past => past.Revision == asked.Revision && past.Outcome is RunOutcome.Promoted or RunOutcome.Initial)
                || turn.Status.StableRevision == asked.Revision,
            RestoredFrom = target.Revision == asked.Revision ? null : target.Revision,
        };
        return Idle.Start(done, run, Undos.Begun(turn.Names, run, asked));
    }

    /// <summary>Whether the run under way has to make room for the revision that is asked for. Nothing is called off for one that is not there.</summary>
    public static bool CanBegin(Turn turn, Control asked) => asked.Revision != turn.Run.Revision && IsKept(turn, asked);

    /// <summary>Says in mid-run of a wish that it leads nowhere; null where none does.</summary>
    public static Decision? Decline(Turn turn) => turn.Asked(ControlKind.Rollback) switch
    {
        null => null,
        var asked when asked.Revision == turn.Run.Revision => turn.Consume(asked).Note("RollbackNeedless", Undos.UnderTest(asked)).Rest(),
        var asked when !IsKept(turn, asked) => turn.Consume(asked).Note("RollbackUnknown", Undos.Unknown(asked, turn.Seen.Snapshots.Keys)).Rest(),
        _ => null,
    };

    /// <summary>Until the target has the template, its old one is no new revision. From then on it is one like any other.</summary>
    public static Decision? WaitForTarget(Turn turn) => turn.Run.RestoredFrom switch
    {
        null => null,
        var from when turn.Seen.Target?.Workload.Revision == from && RunEnd.ByHand(turn) is { } stopped => stopped,
        var from when turn.Seen.Target?.Workload.Revision == from && turn.Now >= turn.Run.StartedAt + turn.Spec.ProgressDeadline =>
            RunEnd.RollBack(turn, RunOutcome.Failed, Runs.DeadlineMissed(turn.Names.Target, null, turn.Spec.ProgressDeadline)),
        var from when turn.Seen.Target?.Workload.Revision == from => turn.Say(Undos.Restoring(turn.Names, turn.Run)).LookAgain(turn.Run.StartedAt + turn.Spec.ProgressDeadline),
        _ => turn.WithRun(run => run with { RestoredFrom = null }).Rest(),
    };

    private static bool IsKept(Turn turn, Control asked) => turn.Seen.Snapshots.ContainsKey(asked.Revision);
}
