using System.Globalization;

namespace Rollouts.Model.Json;

/// <summary>
/// Points in time as Kubernetes writes them: RFC 3339 in UTC, in seconds, or in microseconds where there are any. Only a time with a
/// finer part is written to 100 ns, because what is read back must be what was written.
/// </summary>
public static class TimeText
{
    public static string Format(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return utc.ToString($"yyyy-MM-dd'T'HH:mm:ss{Fraction(utc.Ticks)}'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads RFC 3339; null when <paramref name="text"/> is not a time.</summary>
    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static string Fraction(long ticks) =>
        ticks % TimeSpan.TicksPerSecond == 0 ? "" : ticks % TimeSpan.TicksPerMicrosecond == 0 ? ".ffffff" : ".fffffff";
}
