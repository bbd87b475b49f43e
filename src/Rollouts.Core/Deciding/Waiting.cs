using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>A new revision is not let in yet: by a gate, a window or a suspension. Nothing of it serves, and it has no deadline.</summary>
internal static class Waiting
{
    public static Decision Decide(Turn turn)
    {
        if (turn.Seen.Target is not { Workload: var target })
            return turn.Say(Waits.NoTarget(turn.Names)).Rest();
        if (target.Revision == turn.Status.StableRevision)
            return Revert(turn, target.Revision);
        // The newest wins; a yes to the one before it says nothing of it.
        if (turn.Status.Run?.Revision != target.Revision)
            return Idle.Begin(Hands.Swallow(turn), target.Revision, Runs.Started(turn.Names, target.Revision));
        if (RunEnd.ByHand(turn) is { } stopped)
            return stopped;
        if (Brakes.OnStart(turn, target.Revision) is { } brakes)
            return turn.Say(brakes.Sentence).LookAgain(brakes.Until);
        if (turn.Asked(ControlKind.Promote, target.Revision) is { } promote)
            return Idle.Start(turn.Consume(promote), turn.Run.By(promote, turn.Now), Runs.LetIn(turn.Names, target.Revision, promote));
        if (Gates.AreOpen(turn, HookKind.ConfirmRollout))
            return Start(Gates.Note(turn, HookKind.ConfirmRollout), target.Revision);
        return Wait(turn);
    }

    private static Decision Start(Turn turn, string revision) => Idle.Start(turn, turn.Run, Runs.Started(turn.Names, revision));

    private static Decision Wait(Turn turn)
    {
        var sentence = Gates.Closed(turn, HookKind.ConfirmRollout)?.Sentence;
        var noted = Gates.Note(turn, HookKind.ConfirmRollout).Say(sentence is null ? Waits.Gate(HookKind.ConfirmRollout) : Waits.Closed(sentence));
        return noted.LookAgain(Gates.AskedAgainAt(turn, HookKind.ConfirmRollout));
    }

    private static Decision Revert(Turn turn, string revision) =>
        turn.Fire(Signal.Reverted)
            .With(status => status with { LastAppliedSpec = revision })
            .Tell("Reverted", Runs.BackOnStable(turn.Names, revision))
            .Rest();
}
