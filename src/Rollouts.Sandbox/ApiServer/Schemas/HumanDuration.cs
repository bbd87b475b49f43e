namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>A time span in at most two units, as Tables and kubectl show an age: 45s, 5m10s, 3h, 2d5h, 400d, 3y12d.</summary>
public static class HumanDuration
{
    /// <returns><c>&lt;invalid&gt;</c> for a span of more than a second into the past.</returns>
    public static string Of(TimeSpan span)
    {
        var (seconds, minutes) = ((long)span.TotalSeconds, (long)span.TotalMinutes);
        var (hours, days) = ((long)span.TotalHours, (long)span.TotalDays);
        return span switch
        {
            _ when seconds < -1 => "<invalid>",
            _ when seconds < 0 => "0s",
            _ when seconds < 120 => $"{seconds}s",
            _ when minutes < 10 => Two(minutes, "m", seconds % 60, "s"),
            _ when minutes < 180 => $"{minutes}m",
            _ when hours < 8 => Two(hours, "h", minutes % 60, "m"),
            _ when hours < 48 => $"{hours}h",
            _ when hours < 24 * 8 => Two(days, "d", hours % 24, "h"),
            _ when days < 365 * 2 => $"{days}d",
            _ when days < 365 * 8 => Two(days / 365, "y", days % 365, "d"),
            _ => $"{days / 365}y",
        };
    }

    private static string Two(long large, string unit, long small, string smallUnit) =>
        small == 0 ? $"{large}{unit}" : $"{large}{unit}{small}{smallUnit}";
}
