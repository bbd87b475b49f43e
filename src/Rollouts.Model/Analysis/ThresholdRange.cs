using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>The bounds that a value must keep, both inclusive; null: unbounded. Percent for success rates, milliseconds for durations.</summary>
public sealed record ThresholdRange(double? Min, double? Max)
{
    /// <summary>Whether <paramref name="value"/> lies within the bounds.</summary>
    public bool Holds(double value) => (Min is not { } min || value >= min) && (Max is not { } max || value <= max);

    /// <summary>
    /// Flagger's single <c>threshold</c> counts only without a <c>thresholdRange</c>; it is the least success rate, and for every other
    /// metric the most.
    /// </summary>
    internal static ThresholdRange Read(JsonCursor metric, string name)
    {
        if (metric.Object("thresholdRange") is { Exists: true } range)
            return new(range.Number("min"), range.Number("max"));
        var threshold = metric.Number("threshold");
        return name == MetricSpec.RequestSuccessRate ? new(threshold, null) : new(null, threshold);
    }
}
