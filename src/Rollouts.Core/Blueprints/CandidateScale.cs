using System.Text.Json.Nodes;
using Rollouts.Core.Configs;
using Rollouts.Core.Routing;
using Rollouts.Core.Targets;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Blueprints;

/// <summary>The target's pods: up from zero while a run needs them, down to zero once it takes no traffic; in between only as a step asks for.</summary>
internal static class CandidateScale
{
    public static Change? Up(Plan plan, TargetFacts target)
    {
        if (!plan.InRun || plan.Status.Run is not { } run || target.Workload.Revision != run.Revision || plan.Names.Kind == TargetKind.Service)
            return null;
        if (run.Scale is { } scale)
            return Sized(plan, target, scale);
        if (target.Workload.Wanted > 0)
            return null;
        var replicas = plan.Seen.Scaler?.Least ?? Math.Max(1, plan.Seen.Primary?.Wanted ?? 1);
        if (target.Configs.Count == 0)
            return To(plan, replicas);
        // Pods that are still going would be kept by a scale that comes back before they went.
        return target.Workload is { UpToDate: true, Total: 0 } ? To(plan, replicas, FreshPods.Mark(run)) : null;
    }

    /// <summary>How many pods a step asks for: no more than an autoscaler of the target would leave alone.</summary>
    public static int Asked(Observation seen, CanaryScale scale)
    {
        var asked = scale.Of(seen.Primary?.Wanted ?? 1);
        return seen.Scaler?.Bound(asked) ?? asked;
    }

    private static Change? Sized(Plan plan, TargetFacts target, CanaryScale scale) =>
        Asked(plan.Seen, scale) is var wanted && target.Workload.Wanted != wanted ? To(plan, wanted) : null;

    public static Change? Down(Plan plan, TargetFacts target)
    {
        if (target.Workload.Wanted == 0 || plan.Names.Kind == TargetKind.Service)
            return null;
        return MayRest(plan, target) ? To(plan, 0) : null;
    }

    /// <summary>Whether what runs of the target is neither needed any more nor sent anything.</summary>
    public static bool MayRest(Plan plan, TargetFacts target)
    {
        var isNewer = target.Workload.Revision != plan.Status.LastAppliedSpec && target.Workload.Revision != plan.Status.StableRevision;
        var isStale = FreshPods.AreMissing(plan.Status, target);
        if (isNewer && !isStale)
            return false;
        if (!plan.Seen.Route.IsAt(Traffic.AllPrimary) || !plan.Seen.ApexOnPrimary || plan.Seen.Now < plan.Seen.Route.Since + Observation.Draining)
            return false;
        return plan.Status.Phase switch
        {
            Phase.Initializing => plan.PrimaryServes,
            Phase.Finalising => true,
            Phase.Failed => plan.Status.Run?.RetiredAt is null,
            // Who scales a resting target up does so on purpose, or a GitOps tool does at every sync: we do not fight it.
            Phase.Initialized or Phase.Waiting or Phase.Succeeded => false,
            Phase.Progressing => isStale,
            Phase.WaitingPromotion or Phase.Promoting or Phase.Terminating => false,
        };
    }

    /// <summary>A DaemonSet has as many pods as there are nodes for them, or none.</summary>
    public static Change To(Plan plan, int replicas, string? startedForRun = null) => new Change.Shape(plan.Names.TargetId, live =>
    {
        if (live is null)
            return null;
        var shaped = live.DeepClone().AsObject();
        var spec = shaped.Section("spec");
        if (plan.Names.Kind != TargetKind.DaemonSet)
            spec["replicas"] = replicas;
        else if (replicas > 0)
            DaemonRest.Take(spec);
        else
            DaemonRest.Put(spec);
        if (startedForRun is not null)
            shaped.Section("metadata").Section("annotations")[FreshPods.Annotation] = startedForRun;
        return shaped;
    });
}
