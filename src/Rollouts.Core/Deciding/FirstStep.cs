using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Deciding;

/// <summary>Before the first step a candidate becomes ready and webhooks are asked, and neither is a wait that a person could end.</summary>
internal static class FirstStep
{
    /// <summary>
    /// A promote ends the pause or the gate that is there now. Where there is none it is done with at once: kept for later, it would skip a
    /// step that nobody has seen yet.
    /// </summary>
    public static Decision? Promote(Turn turn)
    {
        if (turn.Run.Step > 0 || Asked(turn) is not { Full: false } promote || MayMove(turn))
            return null;
        return turn.Run.Paused is null
            ? turn.Consume(promote).Note("PromoteNeedless", Runs.NothingWaits(turn.Run, promote)).Rest()
            : turn.Heed(promote).WithRun(run => run with { Paused = null, Holds = null }).Tell("Resumed", Runs.Resumed(turn.Run, promote)).Rest();
    }

    /// <summary>Whether a person promotes it now without asking anybody.</summary>
    public static bool IsPromoted(Turn turn) => Asked(turn) is { Full: true };

    /// <summary>
    /// Keeps that the candidate was ready. However long a person or a window holds it then, a blip of its readiness has not missed the
    /// deadline.
    /// </summary>
    public static Turn Ready(Turn turn) => turn.Run is { Step: 0, ReadyAt: null } ? turn.WithRun(run => run with { ReadyAt = turn.Now }) : turn;

    private static Control? Asked(Turn turn) =>
        Brakes.OnStart(turn, turn.Run.Revision) is null ? turn.Asked(ControlKind.Promote, turn.Run.Revision) : null;

    /// <summary>Whether all is there for the first step, and a pause or a gate alone keeps it.</summary>
    private static bool MayMove(Turn turn) =>
        turn.Seen.Target?.Workload.IsReady(turn.Spec.Analysis.CanaryReadyThreshold) == true
        && (Progressing.IsUntested(turn) || Gates.AreOpen(turn, HookKind.PreRollout))
        && (turn.Run.Paused is not null || Moving.IsHeld(turn));
}
