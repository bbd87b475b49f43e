using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>The program is done, and a gate or a person has the last word. Checks go on at the reached split, and may still roll back.</summary>
internal static class WaitingPromotion
{
    public static Decision Decide(Turn turn)
    {
        if (RunEnd.Of(turn) is { } end)
            return end;
        if (turn.Seen.Target is not { Workload: var candidate } || !candidate.IsReady(turn.Spec.Analysis.CanaryReadyThreshold))
            return turn.Say(Waits.Candidate(turn.Names, turn.Seen.Target?.Workload)).Rest();
        if (Brakes.OnStart(turn, turn.Run.Revision) is { } brakes)
            return Rounds.Decide(turn, judged => judged.Say(brakes.Sentence).LookAgain(brakes.Until, Checks.DueAt(judged)));
        if (turn.Asked(ControlKind.Promote, turn.Run.Revision) is { } promote)
            return Moving.Promote(turn.Consume(promote), Signal.Promoted, Runs.PromotedByHand(turn.Names, turn.Run, promote));
        return Rounds.Decide(turn, Wait);
    }

    private static Decision Wait(Turn turn)
    {
        const HookKind kind = HookKind.ConfirmPromotion;
        var isOpen = Gates.AreOpen(turn, kind);
        var noted = Gates.Note(turn, kind);
        var isAutomatic = isOpen && turn.Spec.Analysis.Promotion == PromotionMode.Automatic;
        // A yes that comes after a failed check, or after checks were added, waits for the next round.
        if (isAutomatic && !Moving.IsChecked(noted))
            return noted.Stand().LookAgain(Checks.DueAt(turn));
        if (isAutomatic)
            return Moving.Promote(noted, Signal.ProgramPassed, Runs.Promoting(turn.Names, turn.Run));

        var sentence = isOpen ? Waits.Approval(turn.Names, turn.Canary, turn.Run)
            : Gates.Closed(turn, kind)?.Sentence is { } no ? Waits.PromotionGate(no)
            : Waits.Gate(kind);
        return noted.Say(sentence).LookAgain(isOpen ? null : Gates.AskedAgainAt(turn, kind), Checks.DueAt(turn));
    }
}
