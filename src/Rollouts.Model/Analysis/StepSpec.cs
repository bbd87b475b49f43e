using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>One item of <c>spec.analysis.steps</c>.</summary>
public abstract record StepSpec
{
    private StepSpec()
    {
    }

    /// <summary>Give the candidate this share of the traffic.</summary>
    public sealed record SetWeight(Weight Weight) : StepSpec;

    /// <summary>Stay for a while.</summary>
    /// <param name="Duration">Null: until a person promotes.</param>
    public sealed record Pause(TimeSpan? Duration) : StepSpec;

    /// <summary>Stay until the checks pass over the step's own time.</summary>
    /// <param name="For">How long at least.</param>
    /// <param name="MinRequests">How many requests of the candidate at least.</param>
    public sealed record Analyze(TimeSpan? For, long? MinRequests) : StepSpec;

    /// <summary>Copy this share of the traffic to the candidate; zero ends it.</summary>
    public sealed record Mirror(Weight Percent) : StepSpec;

    /// <summary>Scale the candidate.</summary>
    public sealed record SetCanaryScale(CanaryScale Scale) : StepSpec;

    /// <summary>Where in an analysis the first step with this field stands; null where none has it.</summary>
    internal static string? FirstWith(JsonCursor analysis, string field)
    {
        if (analysis.Node("steps") is not JsonArray steps)
            return null;
        var index = steps.ToList().FindIndex(step => new JsonCursor(step).Node(field) is not null);
        return index < 0 ? null : $".steps[{index}].{field}";
    }

    internal static StepSpec? Read(JsonCursor json)
    {
        if (json.Weight("setWeight") is { } weight)
            return new SetWeight(weight);
        if (json.Object("pause") is { Exists: true } pause)
            return new Pause(pause.Duration("duration"));
        if (json.Object("analyze") is { Exists: true } analyze)
            return new Analyze(analyze.Duration("for"), analyze.Long("minRequests"));
        if (json.Object("mirror") is { Exists: true } mirror)
            return mirror.Weight("percent") is { } percent ? new Mirror(percent) : null;
        return CanaryScale.Read(json.Object("setCanaryScale")) is { } scale ? new SetCanaryScale(scale) : null;
    }
}
