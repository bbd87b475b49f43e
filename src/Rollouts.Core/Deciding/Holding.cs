using Rollouts.Core.Explaining;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>A step that waits for data or readiness: it keeps its split, counts no failure, and does not wait for ever.</summary>
internal static class Holding
{
    public static Decision Hold(Turn turn, string reason)
    {
        var since = turn.Run.Holds?.Since ?? turn.Now;
        var held = turn.WithRun(run => run with { Holds = new Hold(since, reason) });
        if (turn.Run.Paused is not null || turn.Spec.Suspend)
            return held.LookAgain(Checks.DueAt(held));

        var end = since + turn.Spec.Analysis.MaxHold;
        if (turn.Now >= end)
            return End(held, Runs.HeldTooLong(reason, turn.Spec.Analysis));

        var told = turn.Run.Holds is null ? held.Tell("Holding", reason, warning: true) : held.Say(reason);
        return told.LookAgain(Checks.DueAt(held) is { } due && due > turn.Now && due < end ? due : end);
    }

    private static Decision End(Turn turn, string reason) => turn.Spec.Analysis.OnHoldTimeout switch
    {
        HoldTimeout.Rollback => RunEnd.RollBack(turn, RunOutcome.Failed, reason),
        HoldTimeout.Pause => turn
            .WithRun(run => run with { Paused = new Pause(turn.Now, "analysis.maxHold", reason) })
            .Tell("Paused", reason, warning: true)
            .Rest(),
    };
}
