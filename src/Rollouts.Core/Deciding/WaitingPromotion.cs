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
        if ((RunEnd.Of(turn) ?? Restart.Of(turn) ?? Hands.On(turn)) is { } done)
            return done;
        if (turn.Seen.Target is not { Workload: var candidate } || !candidate.IsReady(turn.Spec.Analysis.CanaryReadyThreshold))
            return Holding.Hold(turn, Waits.Candidate(turn.Names, turn.Seen.Target?.Workload));
        if (turn.Asked(ControlKind.Promote, turn.Run.Revision) is { } promote && Brakes.OnStart(turn, turn.Run.Revision) is null)
            return Moving.PromoteByHand(turn, promote);
        return Rounds.Decide(turn, Wait);
    }

    private static Decision Wait(Turn turn)
    {
        const HookKind kind = HookKind.ConfirmPromotion;
        if (Brakes.On(turn) is { } brakes)
            return turn.WithRun(run => run with { Holds = null }).Say(brakes.Sentence).LookAgain(brakes.Until, Checks.DueAt(turn));
        var isOpen = Gates.AreOpen(turn, kind);
        var noted = Gates.Note(turn, kind);
        if (isOpen && turn.Spec.Analysis.Promotion == PromotionMode.Automatic)
            return Promote(noted);

        var sentence = isOpen ? Waits.Approval(turn.Names, turn.Canary, turn.Run)
            : Gates.Closed(turn, kind)?.Sentence is { } no ? Waits.PromotionGate(no)
            : Waits.Gate(kind);
        return noted.WithRun(run => run with { Holds = null }).Say(sentence).LookAgain(isOpen ? null : Gates.AskedAgainAt(turn, kind), Checks.DueAt(turn));
    }

    // Checks have gone on meanwhile, and a yes does not outweigh what the last of them says.
    private static Decision Promote(Turn turn) => (Checks.Exist(turn) ? Checks.SumOf(turn) : Verdict.Pass) switch
    {
        Verdict.Pass => Moving.Promote(turn, Signal.ProgramPassed, Runs.Promoting(turn.Names, turn.Run)),
        Verdict.None when !Checks.AreJudged(turn) => turn.Stand().LookAgain(Checks.DueAt(turn)),
        Verdict.None => Holding.Hold(turn, Waits.Evidence(Checks.Sentence(turn, Verdict.None))),
        Verdict.Fail => turn.Say(Runs.CheckFailed(Checks.Sentence(turn, Verdict.Fail), turn.Status.FailedChecks, turn.Spec.Analysis.Threshold)).LookAgain(Checks.DueAt(turn)),
    };
}
