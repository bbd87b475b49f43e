using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Stepping;

/// <summary>A ramp of weights, strictly ascending, with a check after each; before it, where asked for, one of copied traffic.</summary>
public static class Ramp
{
    public static EquatableList<Step> Of(AnalysisSpec analysis) =>
        Copies(analysis).Concat(Weights(analysis).Select(To)).ToEquatableList();

    /// <summary>
    /// The listed weights, none above 100; or multiples of stepWeight up to the first that reaches maxWeight, which may pass it
    /// (Flagger: stepWeight 20, maxWeight 50 gives 20, 40, 60).
    /// </summary>
    public static EquatableList<Weight> Weights(AnalysisSpec analysis)
    {
        if (analysis.StepWeights is [_, ..] listed)
            return listed;
        var step = analysis.StepWeight ?? throw new InvalidOperationException("A ramp without steps passed validation.");
        var last = (analysis.MaxWeight.Percent + step.Percent - 1) / step.Percent;
        return Enumerable.Range(1, last).Select(number => new Weight(Math.Min(100, number * step.Percent))).ToEquatableList();
    }

    /// <summary>The step that gives the candidate this weight and is over with a passed check.</summary>
    internal static Step To(Weight weight) =>
        new($"setWeight: {weight}", new Traffic(new Split(weight), Weight.Zero), null, new StepEnd.Checked());

    /// <summary>The step that copies this share of the traffic and is over with a passed check.</summary>
    internal static Step Copying(Weight share) => new($"mirror: {share}", new Traffic(Split.AllPrimary, share), null, new StepEnd.Checked());

    private static IEnumerable<Step> Copies(AnalysisSpec analysis) => analysis.Mirror ? [Copying(analysis.MirrorWeight)] : [];
}
