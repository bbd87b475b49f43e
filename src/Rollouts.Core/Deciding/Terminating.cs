using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Model;

namespace Rollouts.Core.Deciding;

/// <summary>The Canary was deleted. What is handed back, and in which order, is the blueprint's; here it is only said.</summary>
internal static class Terminating
{
    public static Decision Begin(Turn turn) =>
        turn.Fire(Signal.Deleted).Tell("Terminating", Say(turn)).Rest();

    public static Decision Decide(Turn turn) =>
        turn.Say(Say(turn)).LookAgain(turn.Seen.HandedBackSince is { } since ? since + Observation.Settling : null);

    private static string Say(Turn turn) => turn.Spec.DeletionPolicy switch
    {
        DeletionPolicy.Restore => Waits.Restoring(turn.Names),
        DeletionPolicy.Orphan => Waits.Orphaning(turn.Names),
    };
}
