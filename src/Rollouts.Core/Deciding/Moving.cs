using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>From one step to the next, and past the last one to promotion: only when the step is over, nothing brakes and all gates are open.</summary>
internal static class Moving
{
    public static Decision Forward(Turn turn)
    {
        if (StepClock.Lacking(turn) is { } proven)
            return Holding.Hold(turn, Waits.Requests(StepClock.Requests(turn), proven.MinRequests));
        if (!MayEnd(turn))
            return turn.Stand().LookAgain(Checks.DueAt(turn), StepClock.EndsAt(turn));
        if (Brakes.On(turn) is { } brakes)
            return turn.Stand().LookAgain(Checks.DueAt(turn), brakes.Until);
        return Asked(turn) is not { } kind ? Advance(turn)
            : Gates.AreOpen(turn, kind) ? Through(Gates.Note(turn, kind), kind)
            : Wait(turn, kind);
    }

    /// <summary>The gates that have to be open now, of which the observer asks too; null where none has.</summary>
    public static HookKind? Asked(Turn turn)
    {
        if (!MayEnd(turn) || Brakes.On(turn) is not null)
            return null;
        var (isEnd, raises) = (turn.Place.Next >= turn.Program.Count, Raises(turn));
        if ((isEnd || raises) && Gates.Of(turn, HookKind.ConfirmTrafficIncrease).Any() && !IsPassed(turn, HookKind.ConfirmTrafficIncrease))
            return HookKind.ConfirmTrafficIncrease;
        return isEnd && Gates.Of(turn, HookKind.ConfirmPromotion).Any() ? HookKind.ConfirmPromotion : null;
    }

    /// <summary>Whether the present hold is one for a gate or for requests, which ends by itself when they come.</summary>
    public static bool IsHeld(Turn turn) => turn.Status.Phase == Phase.Progressing
        && (StepClock.Lacking(turn) is not null || (Asked(turn) is { } kind && !Gates.AreOpen(turn, kind)));

    /// <summary>A person ends the step, whatever it still waits for: a gate can also be a person.</summary>
    public static Decision ByHand(Turn turn, Control promote)
    {
        if (promote.Full)
            return PromoteByHand(turn, promote);
        var released = turn.Heed(promote).WithRun(run => run with { Paused = null, Holds = null, PromotedBy = IsLast(turn) ? promote.By : null });
        return Advance(released.Tell("StepSkipped", Runs.Skipped(turn.Run, promote)));
    }

    public static Decision PromoteByHand(Turn turn, Control promote) => Promote(
        turn.Heed(promote).WithRun(run => run with { PromotedBy = promote.By }),
        Signal.Promoted,
        Runs.PromotedByHand(turn.Names, turn.Run, promote));

    /// <summary>To the promotion; copies of traffic end here.</summary>
    public static Decision Promote(Turn turn, Signal signal, string message, bool warning = false) =>
        turn.Fire(signal)
            .WithRun(run => run with { Mirrored = Weight.Zero, Holds = null, Paused = null })
            .Tell("Promoting", message, warning)
            .Rest();

    /// <summary>To the next step; past the last one to promotion, or to the person who has the last word.</summary>
    private static Decision Advance(Turn turn)
    {
        var program = turn.Program;
        var next = turn.Place.Next;
        if (next >= program.Count)
            return Complete(turn);
        var step = program[next];
        return turn.Fire(Signal.StepPassed)
            .WithRun(run => run with
            {
                Step = next + 1,
                StepStartedAt = turn.Now,
                StepProgram = StepProgram.Contents(program),
                Split = step.Traffic.Split,
                Mirrored = step.Traffic.Mirrored,
                Scale = step.Scale,
                Reached = run.Reached.Candidate >= step.Traffic.Split.Candidate ? run.Reached : step.Traffic.Split,
                Holds = null,
            })
            .Announce("StepAdvanced")
            .Rest();
    }

    // Past it nobody is asked any more.
    private static bool IsLast(Turn turn) => turn.Place.Next >= turn.Program.Count && turn.Spec.Analysis.Promotion == PromotionMode.Automatic;

    private static Decision Complete(Turn turn) => turn.Spec.Analysis.Promotion switch
    {
        PromotionMode.Automatic => Promote(turn, Signal.ProgramPassed, Runs.Promoting(turn.Names, turn.Run)),
        PromotionMode.Manual => turn.Fire(Signal.ApprovalNeeded)
            .WithRun(run => run with { Paused = null, Holds = null })
            .Tell("WaitingForPromotion", Waits.Approval(turn.Names, turn.Canary, turn.Run)).LookAgain(Checks.DueAt(turn)),
    };

    private static Decision Through(Turn noted, HookKind kind) =>
        // The second gate of a promotion is asked once the first is open.
        kind == HookKind.ConfirmTrafficIncrease && Asked(noted) is not null ? noted.Stand().Rest() : Advance(noted);

    private static Decision Wait(Turn turn, HookKind kind)
    {
        if (Gates.Closed(turn, kind) is not { Sentence: { } sentence })
            return turn.Stand().LookAgain(Gates.AskedAgainAt(turn, kind), Checks.DueAt(turn));
        var noted = Gates.Note(turn, kind);
        return kind == HookKind.ConfirmPromotion
            ? noted.Fire(Signal.ApprovalNeeded).Tell("WaitingForPromotion", Waits.PromotionGate(sentence)).LookAgain(Gates.AskedAgainAt(turn, kind), Checks.DueAt(turn))
            : Holding.Hold(noted, Waits.Closed(sentence), Gates.AskedAgainAt(turn, kind));
    }

    private static bool MayEnd(Turn turn) => turn.Run.Step == 0 || (StepClock.IsOver(turn) && (turn.Place.Next < turn.Program.Count || IsChecked(turn)));

    /// <summary>A program may end with a pause that is shorter than the interval: nothing is promoted that no check has seen at its last split.</summary>
    public static bool IsChecked(Turn turn) =>
        !Checks.Exist(turn) || (Checks.LastRound(turn) > turn.Seen.Route.Since && Checks.SumOf(turn) == Verdict.Pass);

    private static bool Raises(Turn turn) =>
        turn.Place.Next < turn.Program.Count && turn.Program[turn.Place.Next].Traffic.Split.Candidate > turn.Run.Split.Candidate;

    private static bool IsPassed(Turn turn, HookKind kind) => !Gates.Calls(turn, kind).Any();
}
