namespace Rollouts.Cli.Viewing;

/// <summary>Lengths of time as kubectl's column AGE has them: the two greatest units, the second only while the first is small.</summary>
internal static class Ago
{
    public static string Since(DateTimeOffset? then, DateTimeOffset now) => then is { } at ? Of(now - at) : "<unknown>";

    public static string Of(TimeSpan length) => length switch
    {
        { TotalSeconds: < 120 } => $"{Math.Max(0, (int)length.TotalSeconds)}s",
        { TotalMinutes: < 10 } => $"{(int)length.TotalMinutes}m{Part(length.Seconds, "s")}",
        { TotalHours: < 3 } => $"{(int)length.TotalMinutes}m",
        { TotalHours: < 8 } => $"{(int)length.TotalHours}h{Part(length.Minutes, "m")}",
        { TotalHours: < 48 } => $"{(int)length.TotalHours}h",
        { TotalDays: < 8 } => $"{(int)length.TotalDays}d{Part(length.Hours, "h")}",
        _ => $"{(int)length.TotalDays}d",
    };

    private static string Part(int number, string unit) => number == 0 ? "" : $"{number}{unit}";
}
