namespace Rollouts.Model;

/// <summary>
/// Five-field cron expressions as crontab and CronJobs have them. What only some crons read (<c>L</c>, <c>W</c>, <c>#</c>, <c>?</c>,
/// <c>@daily</c>, ranges that run backwards) is refused, so that a window means everywhere the same.
/// </summary>
internal static class CronText
{
    private static readonly CronField[] Fields = [CronField.Minute, CronField.Hour, CronField.Day, CronField.Month, CronField.Weekday];

    // February has a 29th, if only in some years.
    private static readonly int[] LongestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>Null where <paramref name="text"/> is an expression that names at least one minute, else what is wrong and the mend.</summary>
    public static string? Fault(string text)
    {
        var parts = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == Fields.Length
            ? Fields.Zip(parts, (field, part) => field.Fault(part)).FirstOrDefault(fault => fault is not null) ?? NeverComes(parts[2], parts[3], parts[4])
            : $"must have five fields (minute, hour, day of month, month, day of week), but \"{text}\" has {parts.Length}";
    }

    // Where both days are named either is enough, and every month has all days of the week.
    private static string? NeverComes(string day, string month, string weekday) =>
        day == "*" || weekday != "*" || CronField.Month.Values(month).Any(number => CronField.Day.Values(day).Min() <= LongestMonths[number - 1])
            ? null
            : $"must come at some time, but no month of \"{month}\" has a day {day}: mend the day of month or the month";
}
