using System.Globalization;
using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>Durations as Istio's objects write them: <c>1h30m</c>, <c>1.5s</c>, <c>250ms</c>.</summary>
internal static partial class GoDuration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365_000);

    /// <returns>null where the text is no duration, or one of more than a thousand years.</returns>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || !Whole().IsMatch(text))
            return null;
        var seconds = Part().Matches(text).Sum(Seconds);
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double Seconds(Match part) =>
        double.Parse(part.Groups["n"].Value, CultureInfo.InvariantCulture) * part.Groups["unit"].Value switch
        {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            _ => 0.001,
        };

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<n>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h)")]
    private static partial Regex Part();
}
