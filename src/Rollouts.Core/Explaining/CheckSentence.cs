using System.Globalization;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Explaining;

/// <summary>A verdict in one sentence: the value, the bound, the window and how many requests it rests on.</summary>
internal static class CheckSentence
{
    public static string Of(MetricSpec metric, Measurement measured)
    {
        if (measured.Error is { } error)
            return $"{metric.Name} could not be measured: {error}";
        if (measured.Samples is { } samples && samples < metric.MinSamples)
            return $"{metric.Name} rests on {Count(samples)} over {metric.Interval}, and minSamples asks for {metric.MinSamples}";
        if (measured.Value is not { } value)
            return $"{metric.Name} has no data over {metric.Interval}{Requests(measured)}";
        return $"{metric.Name} is {Number(metric, value)}, {Place(metric, value)} over {metric.Interval}{Requests(measured)}";
    }

    /// <summary>The bounds in words; null where there are none.</summary>
    public static string? Bounds(MetricSpec metric) => metric.Range switch
    {
        { Min: { } min, Max: { } max } => $"between {Number(metric, min)} and {Number(metric, max)}",
        { Min: { } min } => $"at least {Number(metric, min)}",
        { Max: { } max } => $"at most {Number(metric, max)}",
        _ => null,
    };

    private static string Place(MetricSpec metric, double value) => metric.Range switch
    {
        { Min: { } min } when value < min => $"below the minimum of {Number(metric, min)}",
        { Max: { } max } when value > max => $"above the maximum of {Number(metric, max)}",
        _ => Bounds(metric) is { } bounds ? $"which is {bounds}" : "without a bound",
    };

    private static string Number(MetricSpec metric, double value) => metric.Name switch
    {
        MetricSpec.RequestSuccessRate => $"{Round(value)}%",
        MetricSpec.RequestDuration => $"{Round(value)} ms",
        _ => Round(value),
    };

    // Two decimals, but never so few that a value outside its bound reads as if it met it (98.999 is not 99).
    private static string Round(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) is var text && double.Parse(text, CultureInfo.InvariantCulture) == value
        ? text
        : value.ToString("0.00##", CultureInfo.InvariantCulture);

    private static string Requests(Measurement measured) => measured.Samples is { } samples ? $" ({Count(samples)})" : "";

    private static string Count(double samples) =>
        Math.Round(samples) is var whole && whole == 1 ? "1 request" : $"{whole.ToString("N0", CultureInfo.InvariantCulture)} requests";
}
