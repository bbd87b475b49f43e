using Quartz;

namespace Rollouts.Core.Scheduling;

/// <summary>
/// The minutes that a five-field cron expression names, as readings of a wall clock. A reading is no moment yet: <see cref="ZoneClock"/>
/// says which moments have it.
/// <para>
/// Quartz walks the calendar, but with readings passed off as UTC. With the zone itself its answers are those of a trigger, which must fire
/// once a day: half past two in the night that has none becomes three o'clock, and a window would open at a time that it does not name.
/// </para>
/// </summary>
internal sealed class CronWindow(string text)
{
    private readonly CronExpression expression = CronExpression.Parse(EverySecond(text)).WithTimeZone(TimeZoneInfo.Utc);

    public bool Holds(DateTime reading) => expression.IsSatisfiedBy(Utc(reading));

    /// <summary>The first reading from <paramref name="reading"/> on that the expression names; null: none.</summary>
    public DateTime? Opening(DateTime reading) => Holds(reading) ? reading : expression.GetNextValidTimeAfter(Utc(reading))?.DateTime;

    /// <summary>The first reading from <paramref name="reading"/> on that the expression does not name; null: none.</summary>
    public DateTime? Closing(DateTime reading) => Holds(reading) ? expression.GetNextInvalidTimeAfter(Utc(reading))?.DateTime : reading;

    // Quartz reads crontab's form as the first second of each minute; a window is open for the whole of it.
    private static string EverySecond(string text)
    {
        var fields = CronExpression.Parse(text, CronFormat.Unix).ToString().Split(' ');
        fields[0] = "*";
        // Day of month and day of week: where both are named, either is enough, in crontab as in Quartz. But Quartz rewrites a range of all
        // seven days (0-6) to *, and then only the day of month would count.
        var namesWeekdays = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[4] != "*";
        if (namesWeekdays && fields[5].Split(',').Any(item => item is "*" or "?"))
            (fields[3], fields[5]) = ("*", "?");
        return string.Join(' ', fields);
    }

    private static DateTimeOffset Utc(DateTime reading) => new(reading, TimeSpan.Zero);
}
