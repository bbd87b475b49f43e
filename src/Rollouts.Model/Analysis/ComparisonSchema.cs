using Rollouts.Model.Schemas;

namespace Rollouts.Model.Analysis;

/// <summary>The shape of <c>spec.analysis.comparison</c>.</summary>
internal static class ComparisonSchema
{
    public static ObjectSchema Comparison { get; } = new("Sequential test of the candidate against the primary on the provider's own counters.")
    {
        Fields = new()
        {
            ["mode"] = new TextSchema("enforce, observe (shown, never acted on) or off.") { Words = ["enforce", "observe", "off"] },
            ["falseAlarmRate"] = new NumberSchema("Share of good candidates that may be called worse, 0 to 1; default 0.01.") { Min = 0, Max = 1 },
            ["minEffect"] = new ObjectSchema("Differences that are too small to matter.")
            {
                Fields = new()
                {
                    ["errors"] = new NumberSchema("Percentage points of errors; default 0.1.") { Min = 0, Max = 100 },
                    ["latency"] = new NumberSchema("Ratio of latencies, at least 1; default 1.2.") { Min = 1 },
                },
            },
            ["onRegression"] = new TextSchema("What follows when the candidate is worse: rollback or hold; default rollback.") { Words = ["rollback", "hold"] },
            ["minRequests"] = IntegerSchema.Count("Requests that a step waits for; default 0: none."),
        },
    };
}
