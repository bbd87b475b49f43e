using Rollouts.Model.Schemas;

namespace Rollouts.Model.Analysis;

/// <summary>The shape of <c>spec.analysis.steps</c>, the explicit program.</summary>
internal static class StepSchema
{
    public static ListSchema Steps { get; } = new("The program of a run, step by step.", Step, 100) { MinItems = 1 };

    private static ObjectSchema Step => new("One step, exactly one of its fields.")
    {
        OneOf = ["setWeight", "pause", "analyze", "mirror", "setCanaryScale"],
        Fields = new()
        {
            ["setWeight"] = IntegerSchema.Percent("Give the candidate this percent of the traffic."),
            ["pause"] = new ObjectSchema("Wait, for a duration or until a person promotes.")
            {
                Fields = new() { ["duration"] = TextSchema.Duration("How long; default: until a person promotes.") },
            },
            ["analyze"] = new ObjectSchema("Wait until the checks pass over a stretch of time or of requests.")
            {
                Fields = new()
                {
                    ["for"] = TextSchema.Duration("How long the checks must pass."),
                    ["minRequests"] = IntegerSchema.Count("How many requests the candidate must have answered."),
                },
            },
            ["mirror"] = new ObjectSchema("Copy traffic to the candidate.")
            {
                Required = ["percent"],
                Fields = new() { ["percent"] = IntegerSchema.Percent("Percent of the traffic that is copied.") },
            },
            ["setCanaryScale"] = new ObjectSchema("Scale the candidate, by a number or in percent of the primary.")
            {
                OneOf = ["replicas", "percent"],
                Fields = new()
                {
                    ["replicas"] = IntegerSchema.Count("Replicas of the candidate, at least 1.", 1),
                    ["percent"] = IntegerSchema.Percent("Percent of the primary's replicas, 1 to 100, rounded up.", 1),
                },
            },
        },
    };
}
