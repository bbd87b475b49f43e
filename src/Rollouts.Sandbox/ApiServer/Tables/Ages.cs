using System.Globalization;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>How long ago something was, in the words of kubectl.</summary>
internal static class Ages
{
    public static string Since(string? timestamp, DateTimeOffset now) => timestamp is null ? "<unknown>"
        : DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset then)
            ? Of(now - then)
            : "<invalid>";

    private static string Of(TimeSpan age)
    {
        long seconds = (long)age.TotalSeconds, minutes = seconds / 60, hours = minutes / 60, days = hours / 24, years = days / 365;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 2 * 60 => $"{seconds}s",
            < 10 * 60 => Both(minutes, "m", seconds % 60, "s"),
            < 3 * 3600 => $"{minutes}m",
            < 8 * 3600 => Both(hours, "h", minutes % 60, "m"),
            < 48 * 3600 => $"{hours}h",
            < 8 * 86400 => Both(days, "d", hours % 24, "h"),
            < 2L * 365 * 86400 => $"{days}d",
            < 8L * 365 * 86400 => Both(years, "y", days % 365, "d"),
            _ => $"{years}y",
        };
    }

    private static string Both(long first, string unit, long rest, string restUnit) => rest == 0 ? $"{first}{unit}" : $"{first}{unit}{rest}{restUnit}";
}
