using CsCheck;
using Rollouts.Core.Scheduling;
using Rollouts.Model;

namespace Rollouts.Core.Tests.Scheduling;

/// <summary>Against an oracle that knows no calendar: it asks the clock of the zone minute by minute.</summary>
public class ReleaseWindowPropertyTests
{
    private const int Horizon = 16 * 24 * 60;

    // Around these something happens to the clocks of one of the zones.
    private static readonly DateTimeOffset[] Turns =
    [
        Day(2026, 3, 29), Day(2026, 10, 25), Day(2026, 3, 8), Day(2026, 11, 1), Day(2026, 4, 4), Day(2026, 10, 3), Day(2026, 2, 15), Day(2026, 3, 22),
        Day(2011, 12, 30), Day(2016, 9, 7), Day(2018, 11, 4), Day(2026, 2, 28), Day(2028, 2, 28), Day(2026, 12, 31),
    ];

    private static readonly Gen<string> Zones = Gen.OneOf(
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca",
        "Pacific/Apia", "Pacific/Chatham", "Europe/Istanbul", "America/Sao_Paulo", "Etc/GMT+12");

    private static readonly Gen<CronSample> Windows = Gen.Select(
        CronSample.Field(0, 59), CronSample.Field(0, 23), CronSample.Field(1, 31), CronSample.Field(1, 12), CronSample.Field(0, 7),
        (minute, hour, day, month, weekday) => new CronSample(minute, hour, day, month, weekday));

    private static readonly Gen<DateTimeOffset> Moments = Gen.Select(
        Gen.OneOf(Turns), Gen.Int[-3 * 86_400, 2 * 86_400], Gen.Int[0, 1], (turn, seconds, half) => turn.AddSeconds(seconds + half / 2d));

    private static readonly Gen<(int From, int Length)> Freezes = Gen.Select(Gen.Int[-2_000, 10_000], Gen.Int[1, 3_000]);

    [Fact]
    public void What_is_open_and_until_when_is_what_asking_every_minute_finds() =>
        Gen.Select(Zones, Windows.Array[0, 4], Freezes.Array[0, 3], Moments).Sample((zone, windows, freezes, now) =>
        {
            var schedule = new ScheduleSpec
            {
                TimeZone = zone,
                Windows = windows.Select(window => window.Text).ToEquatableList(),
                Freezes = freezes.Select(freeze => new Freeze(Minute(now, freeze.From), Minute(now, freeze.From + freeze.Length), null)).ToEquatableList(),
            };
            var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
            bool IsOpen(DateTimeOffset moment) =>
                (windows.Length == 0 || windows.Any(window => window.Names(TimeZoneInfo.ConvertTime(moment, clock))))
                && !schedule.Freezes.Any(freeze => freeze.From <= moment && moment < freeze.To);

            var state = ReleaseWindow.At(schedule, now);

            var open = IsOpen(now);
            (state is WindowState.Open).Should().Be(open, $"{schedule} at {now:O}");
            var turn = Enumerable.Range(1, Horizon).Select(minute => Minute(now, minute)).Cast<DateTimeOffset?>().FirstOrDefault(moment => IsOpen(moment!.Value) != open);
            var until = state switch { WindowState.Open it => it.Until, WindowState.Closed it => it.Until, _ => throw new InvalidOperationException() };
            (until <= Minute(now, Horizon) ? until : null).Should().Be(turn, $"{schedule} at {now:O}");
            if (until is { } at)
                at.Offset.Should().Be(clock.GetUtcOffset(at));
        }, iter: 200, threads: 1);

    private static DateTimeOffset Minute(DateTimeOffset from, int minutes) =>
        new DateTimeOffset(from.UtcTicks - from.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(minutes);

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 12, 0, 0, TimeSpan.Zero);
}
