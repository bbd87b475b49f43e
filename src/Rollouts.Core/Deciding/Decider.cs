using Rollouts.Core.Configs;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// From what was seen to what shall be: pure, so that every rollout can be replayed. It decides one thing at a time; the status write
/// that follows brings it back here.
/// </summary>
public static class Decider
{
    public static Decision Decide(Observation seen)
    {
        if (Refusal.Of(seen) is { } refusal)
            return refusal;
        if (seen.Canary.Actionable is not { } canary)
            return new Decision(seen.Status, null);

        var turn = new Turn(seen, canary, seen.Status);
        if (canary.Metadata.DeletionTimestamp is not null && turn.Status.Phase != Phase.Terminating)
            return Terminating.Begin(turn);

        var decision = turn.Status.Phase switch
        {
            Phase.Initializing => Initializing.Decide(turn),
            Phase.Initialized or Phase.Succeeded or Phase.Failed => Idle.Decide(turn),
            Phase.Waiting => Waiting.Decide(turn),
            Phase.Progressing => Progressing.Decide(turn),
            Phase.WaitingPromotion => WaitingPromotion.Decide(turn),
            Phase.Promoting => Promoting.Decide(turn),
            Phase.Finalising => Finalising.Decide(turn),
            Phase.Terminating => Terminating.Decide(turn),
        };
        return FreshPods.LookAgain(seen, decision);
    }
}
