using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Targets;
using Rollouts.Model;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// A Canary that goes: deleting it is never an outage. The target gets the proven template and the primary's replicas, then, once it is
/// ready, Service and route, and only when both were seen there for a while what we made is removed.
/// </summary>
internal static class Handback
{
    public static IEnumerable<Change> For(Plan plan)
    {
        if (plan.Canary.Spec.DeletionPolicy == DeletionPolicy.Orphan)
            // A pause is of ours, and nobody else would ever end it.
            return [.. Scalers.Resume(plan), Finalizer.Release(plan.Names.Canary)];
        if (plan.Seen.Target is not { } target || (target.Selector is null && plan.Names.Kind != TargetKind.Service))
            return [.. Leftovers(plan), .. Made(plan), Finalizer.Release(plan.Names.Canary)];
        if (plan.Seen.Primary is null && plan.Seen.HandedBackSince is null && !plan.Seen.ApexOnPrimary)
            return [.. Scalers.Resume(plan), .. Leftovers(plan), Finalizer.Release(plan.Names.Canary)];
        return Restore(plan, target);
    }

    private static IEnumerable<Change> Restore(Plan plan, TargetFacts target)
    {
        var stable = plan.Status.StableRevision;
        var snapshot = plan.Seen.Snapshots.GetValueOrDefault(stable ?? "");
        var proven = stable is null || target.Workload.Revision == stable || IsSame(snapshot?["template"], target.Spec["template"]);
        var wanted = Math.Max(1, plan.Seen.Primary?.Wanted ?? target.Workload.Wanted);
        wanted = plan.Seen.Scaler?.Bound(wanted) ?? wanted;
        if (!proven && snapshot is not null)
            yield return Template(plan, snapshot);
        if (target.Workload.Wanted < wanted && plan.Names.Kind != TargetKind.Service)
            yield return CandidateScale.To(plan, wanted);
        foreach (var change in Scalers.Resume(plan))
            yield return change;
        // Where neither Service nor route was made yet nobody is sent to the primary: there is nothing to hand back, and no sight of it would come.
        var isAimed = plan.Seen.HandedBackSince is not null || plan.Seen.ApexOnPrimary || plan.Seen.Route.Exists;
        var canTake = plan.Seen.HandedBackSince is not null || (proven && CanServe(plan, target));
        if (isAimed && !canTake)
            yield break;

        if (canTake)
        {
            if (target.Selector is { } selector)
                yield return Services.HandBack(plan, selector);
            yield return new Change.Shape(new(ObjectKind.VirtualService, plan.Names.Apex), live => live is null ? null : IstioVirtualService.HandBack(live, plan.Names));
        }
        if (isAimed && (plan.Seen.HandedBackSince is not { } since || plan.Seen.Now < since + Observation.Settling))
            yield break;

        foreach (var change in Leftovers(plan))
            yield return change;
        yield return Finalizer.Release(plan.Names.Canary);
    }

    // A Service that selects as its primary copy does has the pods that serve.
    private static bool CanServe(Plan plan, TargetFacts target) =>
        plan.Names.Kind == TargetKind.Service || target.Workload.IsReady(plan.Canary.Spec.Analysis.CanaryReadyThreshold);

    // The template alone: ConfigMaps and Secrets of the target are its owner's, and what they hold is not ours to put back.
    private static bool IsSame(JsonNode? kept, JsonNode? live) => kept is not null && live is not null && Revision.Of(kept) == Revision.Of(live);

    internal static Change.Shape Template(Plan plan, JsonObject snapshot) => new(plan.Names.TargetId, live =>
    {
        if (live is null)
            return null;
        var shaped = live.DeepClone().AsObject();
        TargetKinds.Restore(plan.Names.Kind, shaped, snapshot);
        return shaped;
    });

    private static IEnumerable<Change> Leftovers(Plan plan)
    {
        yield return new Change.Remove(new(ObjectKind.DestinationRule, plan.Names.PrimaryService));
        yield return new Change.Remove(new(ObjectKind.DestinationRule, plan.Names.CandidateService));
        yield return new Change.Remove(new(ObjectKind.Service, plan.Names.PrimaryService));
        yield return new Change.Remove(new(ObjectKind.Service, plan.Names.CandidateService));
        if (plan.Canary.Spec.Autoscaler is { } named)
            yield return new Change.Remove(Scalers.PrimaryOf(ScalerFacts.IdOf(named)), OnlyIfMade: true);
        if (plan.Names.Kind != TargetKind.Service)
            yield return new Change.Remove(plan.Names.PrimaryId);
        foreach (var copy in ConfigCopies.All(plan))
            yield return copy;
        foreach (var revision in plan.Seen.Snapshots.Keys.Order(StringComparer.Ordinal))
            yield return new Change.Remove(new(ObjectKind.ControllerRevision, plan.Names.Snapshot(revision)));
    }

    /// <summary>Where the target is gone too there is nobody to hand back to, and what we made in front of it goes with it.</summary>
    private static IEnumerable<Change> Made(Plan plan)
    {
        yield return new Change.Remove(new(ObjectKind.VirtualService, plan.Names.Apex), OnlyIfMade: true);
        yield return new Change.Remove(new(ObjectKind.Service, plan.Names.Apex), OnlyIfMade: true);
    }
}
