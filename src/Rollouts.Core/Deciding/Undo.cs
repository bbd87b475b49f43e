using Rollouts.Core.Configs;
using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Revisions;
using Rollouts.Model;
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

        if (Differing(turn, asked.Revision) is [_, ..] differing)
            return done.Tell("RollbackNeedsConfigs", Undos.OtherConfigs(turn.Names, asked, differing), warning: true).Rest();

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

    /// <summary>
    /// The target was given the template, and what that refers to holds something else by now, which cannot be seen before; null where the
    /// run was not one back, or something else has changed.
    /// </summary>
    public static string? Missed(Turn turn, string revision)
    {
        var isBack = turn.Run is { Step: 0, Controls: [{ Control: var first }, ..] } && first == Control.Key(ControlKind.Rollback);
        var isSame = turn.Seen is { Target: { } target } && turn.Seen.Snapshots.GetValueOrDefault(turn.Run.Revision)?["template"] is { } kept
            && target.Spec["template"] is { } live && Revision.Of(kept) == Revision.Of(live);
        return isBack && isSame && Differing(turn, turn.Run.Revision) is [_, ..] differing
            ? Undos.WithOtherConfigs(turn.Names, turn.Run, revision, differing)
            : null;
    }

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

    /// <summary>What of the kept revision's configs holds something else now. They are their owner's: nothing of ours puts them back.</summary>
    private static EquatableList<TrackedConfig> Differing(Turn turn, string revision) =>
        KeptConfigs.Read(turn.Seen.Snapshots.GetValueOrDefault(revision))
            .Where(kept => turn.Seen.Target?.Configs.Any(live => live.Id == kept.Id && live.Digest != kept.Digest) == true)
            .ToEquatableList();

    private static bool IsKept(Turn turn, Control asked) => turn.Seen.Snapshots.ContainsKey(asked.Revision);
}
