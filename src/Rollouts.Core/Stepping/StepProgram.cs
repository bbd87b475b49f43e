using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Stepping;

/// <summary>The steps that a run goes through, by what <c>spec.analysis</c> asks for.</summary>
public static class StepProgram
{
    /// <summary>Said of every step of a program whose traffic is only the requests that match.</summary>
    private const string OfMatched = " of the requests that match";

    public static EquatableList<Step> Of(AnalysisSpec analysis) =>
        analysis.Match.Count == 0 ? Plain(analysis) : Plain(analysis).Select(step => step with { Content = step.Content + OfMatched }).ToEquatableList();

    /// <summary>
    /// Whether a run that has begun the one program cannot go on in the other: a weight of the requests that match is none of all requests,
    /// and of checks at one place nothing follows for a ramp. To go on would give all users what a few have tried.
    /// </summary>
    public static bool IsOtherKind(EquatableList<string> begun, EquatableList<Step> now) =>
        Kind(begun) != Kind(Contents(now));

    private static (bool Matched, bool Iterates) Kind(EquatableList<string> contents) =>
        (contents.Any(content => content.EndsWith(OfMatched, StringComparison.Ordinal)), Iterations.Count(contents) > 0);

    private static EquatableList<Step> Plain(AnalysisSpec analysis) => analysis switch
    {
        { Steps: [_, ..] } => ExplicitSteps.Of(analysis.Steps),
        { Iterations: { } iterations, Match: [_, ..] } => Iterations.Matched(iterations),
        { Iterations: { } iterations } => Iterations.BlueGreen(iterations, analysis.Mirror ? analysis.MirrorWeight : Weight.Zero),
        _ => Ramp.Of(analysis),
    };

    /// <summary>Whether the present step of the run, as it was begun, ends by a person alone.</summary>
    public static bool IsUpToPerson(RunStatus run) =>
        Present(run)?.StartsWith(ExplicitSteps.UntilPromoted, StringComparison.Ordinal) is true;

    /// <summary>The content of the present step; null before the first, and where a status that was edited by hand has none.</summary>
    public static string? Present(RunStatus run) => run.StepProgram.ElementAtOrDefault(run.Step - 1);

    /// <summary>The program as <c>status.run.stepProgram</c> keeps it.</summary>
    public static EquatableList<string> Contents(EquatableList<Step> program) => program.Select(step => step.Content).ToEquatableList();
}
