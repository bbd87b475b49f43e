using System.Globalization;
using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Durations as Prometheus writes them, <c>1h30m</c>, with days, weeks and years of 365 days.</summary>
internal static partial class PromDuration
{
    /// <returns>null where the text is none.</returns>
    public static TimeSpan? Parse(string text) => Whole().IsMatch(text)
        ? Part().Matches(text).Aggregate(TimeSpan.Zero, (sum, part) => sum + Length(part))
        : null;

    private static TimeSpan Length(Match part) =>
        double.Parse(part.Groups["n"].Value, CultureInfo.InvariantCulture) * part.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            "w" => TimeSpan.FromDays(7),
            _ => TimeSpan.FromDays(365),
        };

    [GeneratedRegex(@"\A([0-9]+(ms|[smhdwy]))+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<n>[0-9]+)(?<unit>ms|[smhdwy])")]
    private static partial Regex Part();
}
