using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Analysis;

/// <summary>The shape of <c>spec.analysis.metrics[]</c>.</summary>
internal static class MetricSchema
{
    public static ObjectSchema Metric { get; } = new("One check.")
    {
        Required = ["name"],
        Fields = new()
        {
            ["name"] = new TextSchema("request-success-rate (percent) and request-duration (milliseconds) are built in; others need templateRef or query.")
            {
                MinLength = 1,
            },
            ["interval"] = TextSchema.Duration("The window that is measured, at least 1s; default 1m.", "1s"),
            ["thresholdRange"] = new ObjectSchema("The bounds that the value must keep, both inclusive.")
            {
                Fields = new() { ["min"] = new NumberSchema("Least value that passes."), ["max"] = new NumberSchema("Greatest value that passes.") },
                Rules =
                [
                    Rule.Of(
                        "has(self.min) || has(self.max)",
                        "needs min, max or both",
                        range => range["min"] is not null || range["max"] is not null),
                    Rule.Of(
                        "!has(self.min) || !has(self.max) || self.min <= self.max",
                        "has a min above its max, so that no value passes: swap them",
                        range => !(new JsonCursor(range).Number("min") > new JsonCursor(range).Number("max"))),
                ],
            },
            ["threshold"] = new NumberSchema("Flagger's old single bound, used without thresholdRange: least success rate, for others the greatest value."),
            ["query"] = new TextSchema("PromQL of your own, asked of metricsServer.") { MinLength = 1, MaxLength = 16384 },
            ["templateRef"] = new ObjectSchema("The MetricTemplate that is asked.")
            {
                Required = ["name"],
                Fields = new()
                {
                    ["name"] = CanarySchema.Name("Name of the MetricTemplate."),
                    ["namespace"] = CanarySchema.Name("Namespace of the MetricTemplate; default: the Canary's."),
                },
            },
            ["templateVariables"] = new MapSchema("Variables of the MetricTemplate's query."),
            ["judge"] = TextSchema.Word<Judge>("Compare the number exact, or confident with its sampling error.", Words.Camel),
            ["noData"] = TextSchema.Word<NoData>("Without data hold (wait, count no failure), fail or pass; default hold.", Words.Camel),
            ["minSamples"] = IntegerSchema.Count("Requests in the window below which the verdict is NONE; default 0."),
            ["mode"] = TextSchema.Word<CheckMode>("enforce, or observe: judged and shown, never acted on; default enforce.", Words.Camel),
        },
        Rules =
        [
            Rule.Of(
                "has(self.threshold) || has(self.thresholdRange)",
                "needs thresholdRange with min, max or both, or it judges nothing",
                metric => metric["threshold"] is not null || metric["thresholdRange"] is not null),
        ],
    };
}
