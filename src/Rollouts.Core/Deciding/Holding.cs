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
        // While something brakes the run it waits for nothing else: what a closed night lacked is no reason to roll back in the morning.
        if (Brakes.On(turn) is { } brakes)
            return turn.WithRun(run => run with { Holds = null }).Say(brakes.Sentence).LookAgain(Checks.DueAt(turn), again, brakes.Until);

        var since = turn.Run.Holds?.Since ?? turn.Now;
        var held = turn.WithRun(run => run with { Holds = new Hold(since, reason) });
        var end = since + turn.Spec.Analysis.MaxHold;
        if (turn.Now >= end)
            return End(held, reason);

        var told = IsSame(turn.Run.Holds?.Reason, reason) ? held.Say(reason) : held.Tell("Holding", reason, warning: true);
        return told.LookAgain(Checks.DueAt(held), again, end);
    }

    /// <summary>What is waited for did not come in time.</summary>
    public static Decision End(Turn turn, string waited)
    {
        var reason = Runs.HeldTooLong(waited, turn.Spec.Analysis);
        return turn.Spec.Analysis.OnHoldTimeout switch
        {
            HoldTimeout.Rollback => RunEnd.RollBack(turn, RunOutcome.Failed, reason),
            HoldTimeout.Pause => turn
                .WithRun(run => run with { Paused = new Pause(turn.Now, "analysis.maxHold", reason) })
                .Tell("Paused", reason, warning: true)
                .Rest(),
        };
    }

    /// <summary>A hold ends when what it was for is there; the next one has all of maxHold again.</summary>
    public static Turn WithoutOldHold(this Turn turn)
    {
        if (turn.Run.Holds is null || turn.Run.Step == 0)
            return turn;
        var lacksEvidence = Checks.Exist(turn) && Checks.LastRound(turn) > turn.Run.StepStartedAt && Checks.SumOf(turn) == Verdict.None;
        return lacksEvidence || Moving.IsHeld(turn) ? turn : turn.WithRun(run => run with { Holds = null });
    }

    // A count that grows from round to round is no news for the journal.
    private static bool IsSame(string? told, string reason) => told is not null && told.Where(IsWord).SequenceEqual(reason.Where(IsWord));

    private static bool IsWord(char letter) => !char.IsAsciiDigit(letter) && letter is not ('.' or ',');
}
