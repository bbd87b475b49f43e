using System.Globalization;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Explaining;

/// <summary>A verdict in one sentence: the value, the bound, the window and how many requests it rests on.</summary>
internal static class CheckSentence
{
    private static readonly string[] Forms = ["0.##", "0.####"];

    public static string Of(MetricSpec metric, Measurement measured)
    {
        if (measured.Error is { } error)
            return $"{metric.Name} could not be measured: {error}";
        if (measured.Samples is { } samples && samples < metric.MinSamples)
            return $"{metric.Name} rests on {Count(samples)} over {measured.Lookback ?? metric.Interval}, and minSamples asks for {metric.MinSamples}";
        if (measured.Value is not { } value)
            return $"{metric.Name} has no data over {measured.Lookback ?? metric.Interval}{Requests(measured)}";
        return $"{metric.Name} is {Number(metric, value)}, {Place(metric, value)} over {measured.Lookback ?? metric.Interval}{Requests(measured)}";
    }

    /// <summary>The bounds in words; null where there are none.</summary>
    public static string? Bounds(MetricSpec metric) => metric.Range switch
    {
        { Min: { } min, Max: { } max } => $"between {Bound(metric, min)} and {Bound(metric, max)}",
        { Min: { } min } => $"at least {Bound(metric, min)}",
        { Max: { } max } => $"at most {Bound(metric, max)}",
        _ => null,
    };

    private static string Place(MetricSpec metric, double value) => metric.Range switch
    {
        { Min: { } min } when value < min => $"below the minimum of {Bound(metric, min)}",
        { Max: { } max } when value > max => $"above the maximum of {Bound(metric, max)}",
        _ => Bounds(metric) is { } bounds ? $"which is {bounds}" : "without a bound",
    };

    private static string Number(MetricSpec metric, double value) => metric.Name switch
    {
        _ when double.IsInfinity(value) => "infinite",
        MetricSpec.RequestSuccessRate => $"{Round(metric, value)}%",
        MetricSpec.RequestDuration => $"{Round(metric, value)} ms",
        _ => Round(metric, value),
    };

    private static string Bound(MetricSpec metric, double bound) => metric.Name switch
    {
        MetricSpec.RequestSuccessRate => $"{Exact(bound)}%",
        MetricSpec.RequestDuration => $"{Exact(bound)} ms",
        _ => Exact(bound),
    };

    // Two decimals, but never so few that a value outside its bound reads as if it met it (98.9999 is not 99).
    private static string Round(MetricSpec metric, double value) =>
        Forms
            .Select(form => value.ToString(form, CultureInfo.InvariantCulture))
            .FirstOrDefault(text => metric.Range.Holds(double.Parse(text, CultureInfo.InvariantCulture)) == metric.Range.Holds(value))
        ?? Exact(value);

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Requests(Measurement measured) => measured.Samples is { } samples ? $" ({Count(samples)})" : "";

    private static string Count(double samples) =>
        Math.Round(samples) is var whole && whole == 1 ? "1 request" : $"{whole.ToString("N0", CultureInfo.InvariantCulture)} requests";
}
