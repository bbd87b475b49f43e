using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>What evidence the next decision would need. Pure, and asked by the observer before it asks anybody else.</summary>
public static class Needs
{
    /// <summary>The metrics to measure now, in the order of the spec; empty while none is due.</summary>
    public static EquatableList<MetricSpec> Metrics(Observation seen) =>
        TurnOf(seen) is { Status.Phase: Phase.Progressing or Phase.WaitingPromotion } turn && !Progressing.IsUntested(turn) && Checks.AreDue(turn) ? turn.Spec.Analysis.Metrics : [];

    /// <summary>The webhooks to call now. An answer counts only while its question is among them.</summary>
    public static EquatableList<GateCall> Gates(Observation seen) =>
        TurnOf(seen) is { Status.Run: not null } turn ? Calls(turn).ToEquatableList() : [];

    private static Turn? TurnOf(Observation seen) =>
        seen.Canary.Actionable is { } canary && Refusal.Reason(seen) is null ? new Turn(seen, canary, seen.Status) : null;

    private static IEnumerable<GateCall> Calls(Turn turn) => turn.Status.Phase switch
    {
        Phase.Waiting => [.. Of(turn, HookKind.Rollback), .. Brakes.OnStart(turn, turn.Run.Revision) is null ? Of(turn, HookKind.ConfirmRollout) : []],
        Phase.Progressing => [.. Of(turn, HookKind.Rollback), .. Forward(turn)],
        Phase.WaitingPromotion =>
        [
            .. Of(turn, HookKind.Rollback),
            .. Checks.AreDue(turn) ? Of(turn, HookKind.Rollout) : [],
            .. Of(turn, HookKind.ConfirmPromotion),
        ],
        Phase.Succeeded or Phase.Failed => Afterwards.Calls(turn),
        Phase.Initializing or Phase.Initialized or Phase.Promoting or Phase.Finalising or Phase.Terminating => [],
    };

    private static IEnumerable<GateCall> Forward(Turn turn)
    {
        if (Progressing.IsUntested(turn) || FirstStep.IsPromoted(turn) || turn.Seen.Target?.Workload.IsReady(turn.Spec.Analysis.CanaryReadyThreshold) != true)
            return [];
        if (turn.Run.Step == 0 && Rounds.IsPreRolloutDue(turn))
            return Of(turn, HookKind.PreRollout);
        if (Checks.AreDue(turn))
            return Of(turn, HookKind.Rollout);
        return Moving.Asked(turn) is { } kind ? Of(turn, kind) : [];
    }

    private static IEnumerable<GateCall> Of(Turn turn, HookKind kind) => Deciding.Gates.Calls(turn, kind);
}
