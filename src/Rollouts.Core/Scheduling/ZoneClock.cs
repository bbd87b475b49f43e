namespace Rollouts.Core.Scheduling;

/// <summary>
/// The wall clock of a time zone. Between two changes of its offset a reading and a moment name each other; so a search among readings
/// is made for each such stretch by itself. A reading that a spring leaves out is in no stretch, one that an autumn repeats is in two.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    // Zones change on whole minutes, and none has ever changed and changed back within a day.
    private static readonly TimeSpan Stride = TimeSpan.FromDays(1);

    /// <summary>The moment as this clock shows it.</summary>
    public DateTimeOffset Show(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);

    /// <summary>
    /// The first moment of <paramref name="from"/> .. <paramref name="limit"/> that <paramref name="find"/> finds, which is given a reading
    /// and answers with the first from there on; null: none.
    /// </summary>
    public DateTimeOffset? First(DateTimeOffset from, DateTimeOffset limit, Func<DateTime, DateTime?> find)
    {
        DateTimeOffset? next = from;
        while (next is { } start)
        {
            var shown = Show(start);
            DateTimeOffset? found = find(shown.DateTime) is { } reading ? new DateTimeOffset(reading, shown.Offset) : null;
            next = Change(shown, found < limit ? found.Value : limit);
            if (next is null)
                return found <= limit ? found : null;
        }
        return null;
    }

    /// <summary>The first moment after <paramref name="from"/> and not after <paramref name="to"/> with another offset; null: none.</summary>
    private DateTimeOffset? Change(DateTimeOffset from, DateTimeOffset to)
    {
        var before = from;
        while (before < to)
        {
            var after = to - before > Stride ? before + Stride : to;
            if (zone.GetUtcOffset(after) != from.Offset)
                return Show(Between(Minutes(before), Minutes(after), from.Offset));
            before = after;
        }
        return null;
    }

    private DateTimeOffset Between(long before, long after, TimeSpan offset)
    {
        while (after - before > 1)
        {
            var middle = before + (after - before) / 2;
            if (zone.GetUtcOffset(Moment(middle)) == offset)
                before = middle;
            else
                after = middle;
        }
        return Moment(after);
    }

    private static long Minutes(DateTimeOffset moment) => moment.UtcTicks / TimeSpan.TicksPerMinute;

    private static DateTimeOffset Moment(long minutes) => new(minutes * TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
