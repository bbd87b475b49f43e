using Rollouts.Core.Deciding;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// The objects that a status calls for, in safe order: capacity before traffic, traffic before taking capacity away. What may not be
/// done yet, because something before it was not seen in place, is not in the list; the event that shows it in place brings it.
/// </summary>
public static class Blueprint
{
    public static IReadOnlyList<Change> For(Observation seen, CanaryStatus status)
    {
        var deleting = seen.Canary.Metadata.DeletionTimestamp is not null;
        if (seen.Canary.Actionable is not { } canary)
            return deleting ? [Finalizer.Release(seen.Canary.Metadata.Key.Name)] : [];
        if (Refusal.Reason(seen) is not null)
            return [];

        var plan = new Plan(seen, canary, status, Names.Of(canary));
        if (status.Phase == Phase.Terminating)
            return [.. Handback.For(plan)];
        if (status.StableRevision is null)
            return [];
        if (seen.Target is { } target)
            return [.. Standing(plan, target)];
        return status.Phase == Phase.Initializing ? [] : [.. Route(plan)];
    }

    private static IEnumerable<Change> Standing(Plan plan, TargetFacts target)
    {
        if (plan.Traffic == Traffic.AllPrimary && plan.Status.Phase != Phase.Initializing && RouteGuard.Allows(plan))
            yield return Retreat(plan);
        yield return Finalizer.Hold(plan.Names.Canary);
        foreach (var change in TemplateSnapshots.For(plan, target))
            yield return change;

        foreach (var change in ConfigCopies.For(plan, target))
            yield return change;
        if (plan.InRun && plan.Status.Run is { RestoredFrom: { } from } run && target.Workload.Revision == from && plan.Seen.Snapshots.TryGetValue(run.Revision, out var earlier))
            yield return Handback.Template(plan, earlier);

        foreach (var copy in target.Selector is { } pods ? Copies(plan, target, pods) : ServiceCopies.For(plan, target))
            yield return copy;
        foreach (var change in Scalers.Primary(plan))
            yield return change;

        yield return DestinationRule(plan.Names.PrimaryService, Intent(plan));
        yield return DestinationRule(plan.Names.CandidateService, Intent(plan));
        if (CandidateScale.Up(plan, target) is { } up)
            yield return up;
        if (Scalers.Runs(plan, target) || CandidateScale.Up(plan, target) is not null)
        {
            foreach (var change in Scalers.Resume(plan))
                yield return change;
        }

        if (plan.PrimaryServes && target.Selector is { } selector)
            yield return Services.Apex(plan, target, selector);
        foreach (var change in Route(plan))
            yield return change;
        var down = CandidateScale.Down(plan, target);
        if (down is not null || (target.Workload.Wanted == 0 && !plan.InRun))
        {
            foreach (var change in Scalers.Rest(plan))
                yield return change;
        }
        if (down is not null)
            yield return down;
    }

    private static IEnumerable<Change> Copies(Plan plan, TargetFacts target, PodSelector selector)
    {
        yield return Services.Candidate(plan, target, selector);
        yield return Services.Primary(plan, target, selector);
        if (PrimaryWorkload.For(plan, target, selector) is { } primary)
            yield return primary;
    }

    /// <summary>The route alone: all that can be done, and has to be, once somebody has deleted the target.</summary>
    private static IEnumerable<Change> Route(Plan plan)
    {
        if (RouteGuard.Allows(plan))
            yield return new Change.Shape(new(ObjectKind.VirtualService, plan.Names.Apex), live => IstioVirtualService.Shape(live, Intent(plan)));
    }

    /// <summary>
    /// The weights alone, before anything else: the way back to the primary must not wait behind an object that the API server refuses
    /// (a traffic policy that a webhook does not like, a quota), nor behind other fields of the route itself.
    /// </summary>
    private static Change.Shape Retreat(Plan plan) => new(
        new(ObjectKind.VirtualService, plan.Names.Apex),
        live => live is null ? null : IstioVirtualService.Reweigh(live, plan.Names, plan.Traffic));

    private static RouteIntent Intent(Plan plan) => new(plan.Names, plan.Canary.Spec.Service, plan.Traffic)
    {
        Match = plan.Canary.Spec.Analysis.Match,
        Affinity = plan.Canary.Spec.Analysis.Affinity,
        Cookies = plan.Status.Cookies,
        Interval = plan.Canary.Spec.Analysis.Interval,
    };

    private static Change.Shape DestinationRule(string service, RouteIntent intent) =>
        new(new(ObjectKind.DestinationRule, service), live => IstioDestinationRule.Shape(live, service, intent));
}
