using Rollouts.Core.Explaining;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>A step that waits for data, a gate or readiness: it keeps its split, counts no failure, and does not wait for ever.</summary>
internal static class Holding
{
    /// <param name="again">When what is waited for is asked again.</param>
    public static Decision Hold(Turn turn, string reason, DateTimeOffset? again = null)
    {
        var since = turn.Run.Holds?.Since ?? turn.Now;
        var held = turn.WithRun(run => run with { Holds = new Hold(since, reason) });
        if (Brakes.On(turn) is not null)
            return held.LookAgain(Checks.DueAt(held), again);

        var end = since + turn.Spec.Analysis.MaxHold;
        if (turn.Now >= end)
            return End(held, Runs.HeldTooLong(reason, turn.Spec.Analysis));

        var told = turn.Run.Holds?.Reason != reason ? held.Tell("Holding", reason, warning: true) : held.Say(reason);
        return told.LookAgain(Checks.DueAt(held), again, end);
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
