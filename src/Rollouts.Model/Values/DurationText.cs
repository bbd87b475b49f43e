using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rollouts.Model;

/// <summary>Lengths of time as manifests write them: one or more of a whole number and one of ms, s, m, h, for example <c>1m30s</c>.</summary>
public static partial class DurationText
{
    /// <summary>The regular expression that the CRD asks of every duration.</summary>
    public const string Pattern = "^([0-9]+(ms|s|m|h))+$";

    /// <summary>The longest duration that is taken: 8760 hours. A longer one is a slip, and would overflow date arithmetic.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(365);

    /// <summary>Reads <paramref name="text"/>; null when it is not of the form or longer than <see cref="Longest"/>.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (!Form().IsMatch(text))
            return null;
        var total = 0m;
        foreach (Match part in Part().Matches(text))
        {
            if (!decimal.TryParse(part.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            total += Math.Min(number, (decimal)Longest.TotalMilliseconds + 1) * Milliseconds(part.Groups[2].Value);
        }
        return total > (decimal)Longest.TotalMilliseconds ? null : TimeSpan.FromMilliseconds((long)total);
    }

    /// <summary>Writes <paramref name="length"/> in the same form, in whole milliseconds; <c>0s</c> for nothing.</summary>
    public static string Format(TimeSpan length)
    {
        var text = new StringBuilder();
        Append((long)length.TotalHours, "h");
        Append(length.Minutes, "m");
        Append(length.Seconds, "s");
        Append(length.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : text.ToString();

        void Append(long number, string unit)
        {
            if (number > 0)
                text.Append(CultureInfo.InvariantCulture, $"{number}{unit}");
        }
    }

    private static decimal Milliseconds(string unit) => unit switch
    {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        _ => 3_600_000,
    };

    // \z, because $ also matches before a trailing line feed.
    [GeneratedRegex(@"^([0-9]+(ms|s|m|h))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("([0-9]+)(ms|s|m|h)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
