using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Stepping;

/// <summary>
/// The weights that a ramp goes through, strictly ascending. A run holds its place by the weight it is at, not by an index: where the
/// list is edited in mid-run the next step is the first weight above the present one, so that nothing jumps and nothing is done twice.
/// </summary>
public static class Ramp
{
    /// <summary>
    /// The listed weights, none above 100; or multiples of stepWeight up to the first that reaches maxWeight, which may pass it
    /// (Flagger: stepWeight 20, maxWeight 50 gives 20, 40, 60).
    /// </summary>
    public static EquatableList<Weight> Program(AnalysisSpec analysis)
    {
        if (analysis.StepWeights is [_, ..] listed)
            return listed;
        var step = analysis.StepWeight ?? throw new InvalidOperationException("A ramp without steps passed validation.");
        var last = (analysis.MaxWeight.Percent + step.Percent - 1) / step.Percent;
        return Enumerable.Range(1, last).Select(number => new Weight(Math.Min(100, number * step.Percent))).ToEquatableList();
    }

    /// <summary>The next weight of the program, or null where the present one is the last.</summary>
    public static Weight? Next(EquatableList<Weight> program, Weight present)
    {
        foreach (var weight in program)
        {
            if (weight > present)
                return weight;
        }
        return null;
    }

    /// <summary>The program as <c>status.run.stepProgram</c> shows it.</summary>
    public static EquatableList<string> Describe(EquatableList<Weight> program) =>
        program.Select(weight => $"setWeight: {weight}").ToEquatableList();

    /// <summary>How many steps of the program the weight has reached: 0 before the first.</summary>
    public static int Number(EquatableList<Weight> program, Weight present) => program.Count(weight => weight <= present);
}
