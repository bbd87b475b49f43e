using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>What ends a run before its program does. Nothing here waits for a measurement, an interval or a release window.</summary>
internal static class RunEnd
{
    public static Decision? Of(Turn turn)
    {
        if (turn.Seen.Target is not { Workload: var candidate })
            return RollBack(turn, RunOutcome.Failed, Runs.TargetGone(turn.Names));
        if (candidate.Revision == turn.Status.StableRevision)
            return Revert(turn, candidate.Revision);
        if (candidate.Revision != turn.Run.Revision)
            return Supersede(turn, candidate.Revision);
        if (ByHand(turn) is { } stopped)
            return stopped;
        if (turn.Spec.Analysis.AbortOnPodFailure && candidate.Failure is { } failure)
            return RollBack(turn, RunOutcome.Failed, Runs.PodFailed(failure));
        if (turn.Run is { Step: 0, ReadyAt: null } && HasMissedDeadline(turn, candidate))
            return RollBack(turn, RunOutcome.Failed, Runs.DeadlineMissed(turn.Names.Target, candidate, turn.Spec.ProgressDeadline));
        if (turn.Run.Split.Candidate > Weight.Zero && candidate.ReadyEndpoints == 0)
            return RollBack(turn, RunOutcome.Failed, Runs.NoEndpoints(turn.Names));
        return null;
    }

    /// <summary>Somebody calls the run off: a person by an abort, or by asking for an earlier revision; or a webhook of type rollback.</summary>
    public static Decision? ByHand(Turn turn)
    {
        if (turn.Asked(ControlKind.Abort, turn.Run.Revision) is { } abort)
            return RollBack(turn.Heed(abort), RunOutcome.Aborted, Runs.Aborted(turn.Run, abort), abort.By);
        // Left for the phase that follows, which starts the run of the revision that was asked for.
        if (turn.Asked(ControlKind.Rollback) is { } rollback && Undo.CanBegin(turn, rollback))
            return RollBack(turn.WithRun(run => run.By(rollback, turn.Now)), RunOutcome.Aborted, Runs.Aborted(turn.Run, rollback), rollback.By);
        return Gates.Yes(turn, HookKind.Rollback) is { } answer
            ? RollBack(Gates.Note(turn, HookKind.Rollback), RunOutcome.Failed, Runs.CalledBack(answer.Sentence))
            : null;
    }

    /// <summary>Failed; the route to 100/0 and then the candidate to zero follow from the phase.</summary>
    public static Decision RollBack(Turn turn, RunOutcome outcome, string reason, string? by = null) =>
        turn.Fire(Signal.RolledBack)
            .Record(outcome, reason, by)
            .With(status => status with { LastAppliedSpec = turn.Run.RestoredFrom ?? turn.Run.Revision })
            .WithRun(Rest)
            .ToldLater()
            .Tell(outcome == RunOutcome.Aborted ? "Aborted" : "RolledBack", reason, warning: true)
            .Rest();

    private static Decision Revert(Turn turn, string revision)
    {
        var reason = Runs.Reverted(turn.Names, turn.Run, revision);
        return turn.Fire(Signal.Reverted)
            .Record(RunOutcome.Reverted, reason)
            .With(status => status with { LastAppliedSpec = revision })
            .WithRun(Rest)
            .ToldLater()
            .Tell("Reverted", reason)
            .Rest();
    }

    // Both in one status write: a crash cannot fall between the end of the old run and the start of the new one.
    private static Decision Supersede(Turn turn, string revision)
    {
        var reason = Undo.Missed(turn, revision) ?? Runs.Superseded(turn.Names, turn.Run, revision);
        return Idle.Begin(Hands.SwallowApproval(turn).Record(RunOutcome.Superseded, reason), revision, reason, "Superseded");
    }

    private static RunStatus Rest(RunStatus run) => run with { Split = Split.AllPrimary, Mirrored = Weight.Zero, Holds = null, Paused = null };

    private static bool HasMissedDeadline(Turn turn, WorkloadFacts candidate) =>
        !candidate.IsReady(turn.Spec.Analysis.CanaryReadyThreshold)
        && (candidate.DeadlineExceeded || turn.Now >= turn.Run.StartedAt + turn.Spec.ProgressDeadline);
}
