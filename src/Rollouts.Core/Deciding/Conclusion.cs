using Rollouts.Core.Configs;
using Rollouts.Core.Routing;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>What of the status follows from the rest of it: weight, progress, times, conditions.</summary>
internal static class Conclusion
{
    public static CanaryStatus Of(Turn turn)
    {
        var status = turn.Status;
        var before = turn.Seen.Status;
        var changedPhase = status.Phase != before.Phase || before.LastTransitionTime is null;
        var inRun = status.Phase is Phase.Progressing or Phase.WaitingPromotion or Phase.Promoting;
        var traffic = inRun ? Traffic.Of(turn.Run) : Traffic.AllPrimary;
        return status with
        {
            CanaryWeight = traffic.Split.Candidate,
            Iterations = inRun ? Iterations.Count(turn.Run.StepProgram.Take(turn.Run.Step)) : 0,
            TrackedConfigs = turn.Seen.Target is { } target && target.Workload.Revision == status.LastAppliedSpec ? ConfigTracking.DigestsOf(target.Configs) : status.TrackedConfigs,
            StepProgress = status.Run is { } run ? $"{run.Step}/{run.StepProgram.Count}" : null,
            Cookies = CookieJar.Next(before.Cookies, turn.Spec.Analysis.Affinity, turn.Canary.Metadata, status.Run?.Id ?? "", traffic),
            LastTransitionTime = changedPhase ? turn.Now : before.LastTransitionTime,
            ObservedGeneration = turn.Canary.Metadata.Generation,
            Conditions = Conditions.For(status, turn.Canary.Metadata.Generation, turn.Now),
        };
    }
}
