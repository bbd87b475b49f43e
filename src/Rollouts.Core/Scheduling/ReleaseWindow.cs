using Rollouts.Model;

namespace Rollouts.Core.Scheduling;

/// <summary>When a run may start and move forward, by <c>spec.schedule</c>. Abort and rollback never ask.</summary>
public static class ReleaseWindow
{
    // An expression may come only on a 29th of February, and four years are the longest to wait for one in this century.
    private const int YearsAhead = 5;

    /// <summary>
    /// Whether <paramref name="now"/> is in one of the windows (or there are none) and in no freeze, and until when. A Canary without a
    /// schedule is always open.
    /// </summary>
    /// <exception cref="TimeZoneNotFoundException">when <paramref name="schedule"/> did not pass validation</exception>
    /// <exception cref="FormatException">when <paramref name="schedule"/> did not pass validation</exception>
    public static WindowState At(ScheduleSpec? schedule, DateTimeOffset now)
    {
        if (schedule is null)
            return new WindowState.Open(null);
        var (timetable, limit) = (new Timetable(schedule), now.AddYears(YearsAhead));
        if (timetable.Obstacle(now, limit) is not { } obstacle)
            return new WindowState.Open(Shown(timetable, timetable.Closing(now, limit)));
        // A window may open in mid-freeze and a freeze may end at night: each obstacle ends where the next one is looked for.
        List<string> whys = [obstacle.Why];
        var end = obstacle.End;
        while (end <= limit && timetable.Obstacle(end.Value, limit) is { } next)
        {
            if (!whys.Contains(next.Why))
                whys.Add(next.Why);
            end = next.End;
        }
        return new WindowState.Closed(end <= limit ? Shown(timetable, end) : null, string.Join(", then ", whys.Take(2)));
    }

    private static DateTimeOffset? Shown(Timetable timetable, DateTimeOffset? moment) => moment is { } at ? timetable.Show(at) : null;
}
