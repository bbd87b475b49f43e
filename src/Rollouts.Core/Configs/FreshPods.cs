using Rollouts.Model.Status;

namespace Rollouts.Core.Configs;

/// <summary>
/// Programs read their configs when they start, and the template of a config's change is the old one: pods that ran before would be
/// analysed with what they read then. A run with configs therefore starts from zero pods, and the target is marked with the run for which
/// it did. The mark stands on the workload, not in its template, where GitOps tools would see drift.
/// </summary>
public static class FreshPods
{
    public const string Annotation = "rollouts.dev/started-for-run";

    internal static string Mark(RunStatus run) => $"{run.Id}-{run.Revision}";

    /// <summary>Whether pods run that may have started before the configs of this run were there.</summary>
    internal static bool AreMissing(CanaryStatus status, TargetFacts target) =>
        status is { Phase: Phase.Progressing, Run: { Step: 0 } run } && run.Revision == target.Workload.Revision
        && target.Configs.Count > 0 && target.Workload.Wanted > 0 && target.StartedForRun != Mark(run);

    /// <summary>The target as decisions are to see it: what such pods do says nothing of this run.</summary>
    public static TargetFacts Judge(CanaryStatus status, TargetFacts target) =>
        AreMissing(status, target) ? target with { Workload = target.Workload with { UpToDate = false, Failure = null, DeadlineExceeded = false } } : target;

    /// <summary>They go when proxies had time to follow the route away from them, which no event tells.</summary>
    internal static Decision LookAgain(Observation seen, Decision decision)
    {
        if (seen.Target is not { } target || !AreMissing(decision.Status, target))
            return decision;
        var drained = seen.Route.Since + Observation.Draining;
        return drained > seen.Now && !(decision.LookAgainAt <= drained) ? decision with { LookAgainAt = drained } : decision;
    }
}
