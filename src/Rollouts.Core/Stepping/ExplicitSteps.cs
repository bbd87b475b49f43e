using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Stepping;

/// <summary>
/// The program of <c>analysis.steps</c>. Weight, copies and scale hold until a later step changes them; a weight ends the copying, because
/// a candidate that answers users would else see their requests twice.
/// </summary>
public static class ExplicitSteps
{
    /// <summary>The content of a pause without an end.</summary>
    internal const string UntilPromoted = "pause: until promoted";

    public static EquatableList<Step> Of(EquatableList<StepSpec> specs)
    {
        var (traffic, scale) = (Traffic.AllPrimary, (CanaryScale?)null);
        var steps = new List<Step>();
        for (var index = 0; index < specs.Count; index++)
        {
            traffic = specs[index] switch
            {
                StepSpec.SetWeight set => new Traffic(new Split(set.Weight), Weight.Zero),
                StepSpec.Mirror mirror => traffic with { Mirrored = mirror.Percent },
                _ => traffic,
            };
            scale = specs[index] is StepSpec.SetCanaryScale sized ? sized.Scale : scale;
            steps.Add(new Step(Content(specs[index]), traffic, scale, End(specs, index)));
        }
        return steps.ToEquatableList();
    }

    private static string Content(StepSpec spec) => spec switch
    {
        StepSpec.SetWeight set => $"setWeight: {set.Weight}",
        StepSpec.Pause { Duration: { } duration } => $"pause: {DurationText.Format(duration)}",
        StepSpec.Pause => UntilPromoted,
        StepSpec.Analyze analyze => $"analyze: {Stretch(analyze)}",
        StepSpec.Mirror mirror => $"mirror: {mirror.Percent}",
        StepSpec.SetCanaryScale sized => $"setCanaryScale: {sized.Scale}",
        _ => throw new InvalidOperationException($"Nobody knows the step {spec.GetType().Name}."),
    };

    private static string Stretch(StepSpec.Analyze analyze) => string.Join(
        ", ",
        new[]
        {
            analyze.For is { } time ? DurationText.Format(time) : null,
            analyze.MinRequests is { } requests ? $"{requests} requests" : null,
        }.OfType<string>().DefaultIfEmpty("one check"));

    // A weight has a check of its own where nothing follows that watches over it.
    private static StepEnd End(EquatableList<StepSpec> specs, int index) => specs[index] switch
    {
        StepSpec.SetWeight or StepSpec.Mirror when index + 1 < specs.Count && specs[index + 1] is StepSpec.Pause or StepSpec.Analyze => new StepEnd.Reached(),
        StepSpec.SetWeight or StepSpec.Mirror => new StepEnd.Checked(),
        StepSpec.Pause { Duration: { } duration } => new StepEnd.Elapsed(duration),
        StepSpec.Pause => new StepEnd.Approved(),
        StepSpec.Analyze analyze => new StepEnd.Proven(analyze.For ?? TimeSpan.Zero, analyze.MinRequests ?? 0),
        StepSpec.SetCanaryScale => new StepEnd.Reached(),
        _ => throw new InvalidOperationException($"Nobody knows the step {specs[index].GetType().Name}."),
    };
}
