using System.Text.Json.Nodes;
using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Analysis;

/// <summary>The shape of <c>spec.analysis</c>.</summary>
internal static class AnalysisSchema
{
    public static ObjectSchema Analysis { get; } = new("How a run moves and what it is judged by.")
    {
        OneOf = ["stepWeight", "stepWeights", "iterations", "steps"],
        Fields = new()
        {
            ["interval"] = TextSchema.Duration("Time between checks, at least 1s; default 60s.", "1s"),
            ["threshold"] = new IntegerSchema("Failed checks, counted over the whole run, at which it is rolled back, at least 1; default 1.", 1, 10000),
            ["stepWeight"] = IntegerSchema.Percent("Percent of the traffic by which an even ramp grows, 1 to 100.", 1),
            ["stepWeights"] = StepWeights,
            ["maxWeight"] = IntegerSchema.Percent("Percent of the traffic at which the ramp of stepWeight ends, 1 to 100; default 100.", 1),
            ["stepWeightPromotion"] = IntegerSchema.Percent("Percent by which traffic goes back to the promoted primary; default 0: all at once."),
            ["iterations"] = new IntegerSchema("Checks of a blue/green run, or with match of an A/B run, at least 1.", 1, 1000),
            ["steps"] = StepSchema.Steps,
            ["mirror"] = new FlagSchema("Copy the traffic to the candidate before it takes any; default false."),
            ["mirrorWeight"] = IntegerSchema.Percent("Percent of the traffic that is copied, 1 to 100; default 100.", 1),
            ["match"] = new ListSchema("Requests that go to the candidate in an A/B run.", new OpenSchema("One HTTPMatchRequest."), 50),
            ["primaryReadyThreshold"] = IntegerSchema.Percent("Percent of the primary's pods that must be ready; default 100."),
            ["canaryReadyThreshold"] = IntegerSchema.Percent("Percent of the candidate's pods that must be ready; default 100."),
            ["metrics"] = new ListSchema("Checks that the candidate must keep passing.", MetricSchema.Metric, 50),
            ["webhooks"] = HookSchema.Webhooks,
            ["alerts"] = new ListSchema("Where alerts go; any entry takes the place of the controller's own.", HookSchema.Alert, 20),
            ["sessionAffinity"] = AffinitySchema.Affinity,
            ["promotion"] = TextSchema.Word<PromotionMode>(
                "After the last step promote the candidate automatic, or manual: wait until a person promotes it; default automatic.", Words.Camel),
            ["comparison"] = ComparisonSchema.Comparison,
            ["maxHold"] = TextSchema.Duration("How long a step may wait for data, a gate or a readiness; default 30m.", "1s"),
            ["onHoldTimeout"] = TextSchema.Word<HoldTimeout>("What follows on maxHold: rollback, or pause until a person decides; default rollback.", Words.Camel),
            ["abortOnPodFailure"] = new FlagSchema("End the run at once when a candidate pod cannot start; default true."),
        },
        Rules =
        [
            Rule.Of(
                "!has(self.mirror) || !self.mirror || !(has(self.steps) || (has(self.iterations) && has(self.match) && size(self.match) > 0))",
                "must not have mirror: true beside steps or in an A/B run: take it away, and use a step that mirrors where it is wanted",
                analysis => new JsonCursor(analysis) is var json
                    && (json.Flag("mirror") is not true || !(IsList(analysis, "steps") || (json.Node("iterations") is not null && IsList(analysis, "match"))))),
            Rule.Of(
                "!has(self.steps) || !self.steps.exists(s, has(s.analyze) && has(s.analyze.minRequests)) || (has(self.metrics) && size(self.metrics) > 0)",
                "needs a metric where a step asks for minRequests: nothing else counts the candidate's requests; add request-success-rate",
                analysis => IsList(analysis, "metrics") || !(analysis["steps"] is JsonArray steps
                    && steps.Any(step => new JsonCursor(step).Object("analyze").Node("minRequests") is not null))),
        ],
    };

    private static bool IsList(JsonObject analysis, string field) => analysis[field] is JsonArray { Count: > 0 };

    private static ListSchema StepWeights => new(
        "Percents of the traffic of a ramp, one step each, strictly ascending from at least 1.", IntegerSchema.Percent("Percent of one step.", 1), 100)
    {
        MinItems = 1,
        Rules =
        [
            new(
                "self.isSorted() && self.all(w, self.indexOf(w) == self.lastIndexOf(w))",
                "must be greater than the step before it: list the weights in ascending order, each once",
                node => Descent(node.AsArray()) is { } index ? $"[{index}]" : null),
        ],
    };

    /// <summary>The first item that is not greater than the one before it. Flagger's ramp stands still there for ever.</summary>
    private static int? Descent(JsonArray weights)
    {
        for (var index = 1; index < weights.Count; index++)
            if (JsonCursor.AsLong(weights[index]) <= JsonCursor.AsLong(weights[index - 1]))
                return index;
        return null;
    }
}
