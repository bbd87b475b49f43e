using Rollouts.Core.Explaining;
using Rollouts.Model;

namespace Rollouts.Core.Scheduling;

/// <summary>A schedule that can be asked.</summary>
internal sealed class Timetable(ScheduleSpec schedule)
{
    // Windows that hand over to each other, minute by minute at worst, are followed so often; what closes later is not in sight. It costs
    // tens of milliseconds at worst, and nothing rests on it: every decision asks anew.
    private const int MostHandovers = 3_000;

    private readonly ZoneClock clock = new(TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone));
    private readonly CronWindow[] windows = [.. schedule.Windows.Select(window => new CronWindow(window))];

    public DateTimeOffset Show(DateTimeOffset moment) => clock.Show(moment);

    /// <summary>What keeps a run from moving at this moment, and the first at which that ends, null where it does not by the limit.</summary>
    public (string Why, DateTimeOffset? End)? Obstacle(DateTimeOffset moment, DateTimeOffset limit)
    {
        if (schedule.Freezes.Where(freeze => freeze.From <= moment && moment < freeze.To).MaxBy(freeze => freeze.To) is { } freeze)
            return (Closures.Frozen(freeze), freeze.To);
        return windows.Length == 0 || Holding(moment) is not null
            ? null
            : (Closures.Outside(schedule), windows.Min(window => clock.First(moment, limit, window.Opening)));
    }

    /// <summary>The first moment after <paramref name="moment"/>, an open one, that is closed; null: none is in sight.</summary>
    public DateTimeOffset? Closing(DateTimeOffset moment, DateTimeOffset limit)
    {
        var frozen = schedule.Freezes.Where(freeze => freeze.From > moment && freeze.To > freeze.From).Min(freeze => (DateTimeOffset?)freeze.From);
        var last = frozen < limit ? frozen.Value : limit;
        return windows.Length == 0 ? frozen : WindowsEnd(moment, last) ?? frozen;
    }

    private DateTimeOffset? WindowsEnd(DateTimeOffset moment, DateTimeOffset limit)
    {
        DateTimeOffset? at = moment;
        for (var handover = 0; handover <= MostHandovers && at is { } present; handover++)
        {
            if (Holding(present) is not { } window)
                return present;
            at = clock.First(present, limit, window.Closing);
        }
        return null;
    }

    private CronWindow? Holding(DateTimeOffset moment)
    {
        var reading = clock.Show(moment).DateTime;
        return Array.Find(windows, window => window.Holds(reading));
    }
}
