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
        return status with
        {
            CanaryWeight = inRun ? turn.Run.Split.Candidate : Weight.Zero,
            Iterations = inRun ? Iterations.Count(turn.Run.StepProgram.Take(turn.Run.Step)) : 0,
            StepProgress = status.Run is { } run ? $"{run.Step}/{run.StepProgram.Count}" : null,
            LastTransitionTime = changedPhase ? turn.Now : before.LastTransitionTime,
            ObservedGeneration = turn.Canary.Metadata.Generation,
            Conditions = Conditions.For(status, turn.Canary.Metadata.Generation, turn.Now),
        };
    }
}
