using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Stepping;

/// <summary>The steps that a run goes through, by what <c>spec.analysis</c> asks for.</summary>
public static class StepProgram
{
    public static EquatableList<Step> Of(AnalysisSpec analysis) => analysis switch
    {
        { Steps: [_, ..] } => ExplicitSteps.Of(analysis.Steps),
        { Iterations: { } iterations, Match: [_, ..] } => Iterations.Matched(iterations),
        { Iterations: { } iterations } => Iterations.BlueGreen(iterations, analysis.Mirror ? analysis.MirrorWeight : Weight.Zero),
        _ => Ramp.Of(analysis),
    };

    /// <summary>Whether the present step of the run, as it was begun, ends by a person alone.</summary>
    public static bool IsUpToPerson(RunStatus run) => run.Step > 0 && run.StepProgram[run.Step - 1] == ExplicitSteps.UntilPromoted;

    /// <summary>The program as <c>status.run.stepProgram</c> keeps it.</summary>
    public static EquatableList<string> Contents(EquatableList<Step> program) => program.Select(step => step.Content).ToEquatableList();
}
