using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>What evidence the next decision would need. Pure, and asked by the observer before it asks anybody else.</summary>
public static class Needs
{
    /// <summary>The metrics to measure now, in the order of the spec; empty while none is due.</summary>
    public static EquatableList<MetricSpec> Metrics(Observation seen)
    {
        if (seen.Canary.Canary is not { } canary || seen.Status.Phase is not (Phase.Progressing or Phase.WaitingPromotion))
            return [];
        return Checks.DueAt(new Turn(seen, canary, seen.Status)) is { } due && seen.Now >= due ? canary.Spec.Analysis.Metrics : [];
    }

    /// <summary>The webhooks to call now; empty while none is due.</summary>
    public static EquatableList<GateCall> Gates(Observation seen) => [];
}
