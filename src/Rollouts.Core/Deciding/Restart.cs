using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Core.Stepping;
using Rollouts.Model;

namespace Rollouts.Core.Deciding;

/// <summary>
/// A program of another kind was put under a run in its middle. Its place means nothing there: it goes back to the primary and begins the
/// new program, in the one write that takes the edit up, before any route is made of it.
/// </summary>
internal static class Restart
{
    public static Decision? Of(Turn turn)
    {
        if (turn.Run.Step == 0 || !StepProgram.IsOtherKind(turn.Run.StepProgram, turn.Program))
            return null;
        return turn.Fire(Signal.ProgramReplaced)
            .WithRun(run => run with
            {
                Step = 0,
                StepStartedAt = turn.Now,
                StepProgram = StepProgram.Contents(turn.Program),
                Split = Split.AllPrimary,
                Mirrored = Weight.Zero,
                Scale = null,
                Holds = null,
            })
            .Tell("ProgramReplaced", Runs.ProgramReplaced(turn.Names, turn.Run), warning: true)
            .Rest();
    }
}
