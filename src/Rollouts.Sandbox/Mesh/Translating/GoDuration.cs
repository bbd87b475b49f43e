using System.Globalization;
using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>Durations as Istio's objects write them: <c>1h30m</c>, <c>1.5s</c>, <c>250ms</c>.</summary>
internal static partial class GoDuration
{
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || !Whole().IsMatch(text))
            return null;
        return Part().Matches(text).Aggregate(TimeSpan.Zero, (sum, part) => sum + Length(part));
    }

    private static TimeSpan Length(Match part) =>
        double.Parse(part.Groups["n"].Value, CultureInfo.InvariantCulture) * part.Groups["unit"].Value switch
        {
            "h" => TimeSpan.FromHours(1),
            "m" => TimeSpan.FromMinutes(1),
            "s" => TimeSpan.FromSeconds(1),
            _ => TimeSpan.FromMilliseconds(1),
        };

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<n>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h)")]
    private static partial Regex Part();
}
