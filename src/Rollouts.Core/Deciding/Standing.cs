using Rollouts.Core.Explaining;
using Rollouts.Core.Stepping;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// What is true of a run between two events. It follows from the status alone, so that a wait which is over (for the route, for pods)
/// does not leave its sentence behind.
/// </summary>
internal static class Standing
{
    public static Turn Stand(this Turn turn)
    {
        // There it is a gate or a person who is waited for, and the sentence says so.
        if (turn.Status.Phase == Phase.WaitingPromotion)
            return turn;
        if (Brakes.On(turn) is { } brakes)
            return turn.Say(brakes.Sentence);
        if (turn.Run.Holds is { } hold)
            return turn.Say(hold.Reason);

        var isJudged = Checks.Exist(turn) && turn.Run.Step > 0 && Checks.LastRound(turn) > turn.Run.StepStartedAt;
        return (isJudged ? Checks.SumOf(turn) : Verdict.Pass) switch
        {
            Verdict.Fail => turn.Say(Runs.CheckFailed(Checks.Sentence(turn, Verdict.Fail), turn.Status.FailedChecks, turn.Spec.Analysis.Threshold)),
            Verdict.None or Verdict.Pass => turn.Say(Steps(turn)),
        };
    }

    /// <summary>Says which step was begun, and writes it into the journal.</summary>
    public static Turn Announce(this Turn turn, string reason) => turn.Tell(reason, Steps(turn));

    private static string Steps(Turn turn) => turn.Run.Step == 0
        ? Waits.FirstStep(turn.Run)
        : turn.Step?.End is StepEnd.Approved ? Waits.StepApproval(turn.Canary, turn.Run)
        : Runs.AtStep(turn.Run);
}
