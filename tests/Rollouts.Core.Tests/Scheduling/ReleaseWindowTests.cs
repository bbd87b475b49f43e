using System.Globalization;
using Rollouts.Core.Explaining;
using Rollouts.Core.Scheduling;
using Rollouts.Model;

namespace Rollouts.Core.Tests.Scheduling;

public class ReleaseWindowTests
{
    private const string Office = "* 9-17 * * 1-5";

    [Fact]
    public void Without_a_schedule_a_run_may_always_move() =>
        ReleaseWindow.At(null, Time("2026-11-24T03:00Z")).Should().Be(new WindowState.Open(null));

    [Fact]
    public void A_schedule_that_names_no_windows_is_open() =>
        ReleaseWindow.At(new ScheduleSpec { TimeZone = "Europe/Berlin" }, Time("2026-11-24T03:00Z")).Should().Be(new WindowState.Open(null));

    [Theory]
    [InlineData("2026-11-24T09:00+01:00", "2026-11-24T18:00+01:00")]
    [InlineData("2026-11-24T08:00:30Z", "2026-11-24T18:00+01:00")]
    [InlineData("2026-11-27T17:59:59.999+01:00", "2026-11-27T18:00+01:00")]
    public void Inside_a_window_it_is_open_until_the_window_ends(string now, string until) =>
        Berlin(Office).At(now).Should().Be(new WindowState.Open(Time(until)));

    [Theory]
    [InlineData("2026-11-24T08:59:59.999+01:00", "2026-11-24T09:00+01:00")]
    [InlineData("2026-11-24T18:00+01:00", "2026-11-25T09:00+01:00")]
    [InlineData("2026-11-27T18:00+01:00", "2026-11-30T09:00+01:00")]
    [InlineData("2026-11-28T12:00+01:00", "2026-11-30T09:00+01:00")]
    public void Outside_it_is_closed_until_the_next_one(string now, string until) =>
        Berlin(Office).At(now).Should().Be(new WindowState.Closed(Time(until), "outside the window \"* 9-17 * * 1-5\" Europe/Berlin"));

    [Fact]
    public void Times_are_told_as_the_clocks_of_the_zone_show_them_then()
    {
        var closed = Berlin(Office).At("2026-03-27T20:00Z").Should().BeOfType<WindowState.Closed>().Subject;

        closed.Until.Should().BeExactly(Time("2026-03-30T09:00+02:00"));
    }

    [Theory]
    // Windows that hand over to each other are one.
    [InlineData("2026-11-24T10:10+01:00", "2026-11-24T12:00+01:00", "* 10 * * *", "0-29 11 * * *", "30-59 11 * * *")]
    [InlineData("2026-11-24T10:10+01:00", "2026-11-24T11:00+01:00", "*/2 10 * * *", "1-59/2 10 * * *")]
    [InlineData("2026-11-24T10:10+01:00", null, "0-29 * * * *", "30-59 * * * *")]
    [InlineData("2026-11-24T10:10+01:00", null, "*/2 * * * *", "1-59/2 * * * *")]
    [InlineData("2026-11-24T10:10+01:00", null, "* * * * *", Office)]
    // The sixth of a month or a Tuesday; a range that is all days of the week is every day.
    [InlineData("2026-11-24T10:10+01:00", "2026-11-25T00:00+01:00", "* * 6 * 2")]
    [InlineData("2026-12-06T10:10+01:00", "2026-12-07T00:00+01:00", "* * 6 * 2")]
    [InlineData("2026-11-24T10:10+01:00", null, "* * 6 * 0-6")]
    [InlineData("2026-11-24T10:10+01:00", null, "* * 6 * 1-7")]
    [InlineData("2026-11-24T10:10+01:00", null, "* * 6 * 2,0-6")]
    public void It_stays_open_as_long_as_any_window_is(string now, string? until, params string[] windows) =>
        Berlin(windows).At(now).Should().Be(new WindowState.Open(until is null ? null : Time(until)));

    [Theory]
    [InlineData("2026-11-25T10:00+01:00", "2026-12-01T00:00+01:00", "* * 1 * *")]
    [InlineData("2026-11-25T10:00+01:00", "2028-02-29T00:00+01:00", "* * 29 2 *")]
    [InlineData("2026-11-28T10:00+01:00", "2026-11-29T00:00+01:00", "* * * * 7", "* * * * 1")]
    [InlineData("2026-11-28T10:00+01:00", "2026-11-29T00:00+01:00", "* * 5 * SUN")]
    public void It_opens_with_the_first_of_its_windows(string now, string until, params string[] windows) =>
        Berlin(windows).At(now).Should().BeOfType<WindowState.Closed>().Which.Until.Should().Be(Time(until));

    // Berlin 2026-03-29: 02:00 becomes 03:00. New York 2026-03-08 likewise.
    [Theory]
    [InlineData("Europe/Berlin", "30-40 2 * * *", "2026-03-28T03:00+01:00", "2026-03-30T02:30+02:00")]
    [InlineData("Europe/Berlin", "30-40 2 * * *", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00")]
    [InlineData("Europe/Berlin", "30 2,3 * * *", "2026-03-28T12:00+01:00", "2026-03-29T03:30+02:00")]
    [InlineData("America/New_York", "30 2 * * *", "2026-03-08T01:59-05:00", "2026-03-09T02:30-04:00")]
    [InlineData("America/New_York", "* 3 * * *", "2026-03-08T01:59-05:00", "2026-03-08T03:00-04:00")]
    // Samoa left out the 30th of December 2011, a Friday, and Lord Howe moves its clocks by half an hour only.
    [InlineData("Pacific/Apia", "* * * * 5", "2011-12-29T12:00-10:00", "2012-01-06T00:00+14:00")]
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00+10:30", "2026-10-05T02:15+11:00")]
    [InlineData("Australia/Lord_Howe", "45 2 * * *", "2026-10-03T12:00+10:30", "2026-10-04T02:45+11:00")]
    public void A_minute_that_the_spring_leaves_out_is_in_no_window(string zone, string window, string now, string opens) =>
        new ScheduleSpec { TimeZone = zone, Windows = [window] }.At(now)
            .Should().BeOfType<WindowState.Closed>().Which.Until.Should().BeExactly(Time(opens));

    [Theory]
    [InlineData("Europe/Berlin", "* 1 * * *", "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00")]
    [InlineData("Europe/Berlin", "* 1,2 * * *", "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00")]
    [InlineData("Europe/Berlin", "* 1-3 * * *", "2026-03-29T01:30+01:00", "2026-03-29T04:00+02:00")]
    [InlineData("America/New_York", "* 0-2 * * *", "2026-03-08T01:30-05:00", "2026-03-08T03:00-04:00")]
    public void A_window_that_ends_in_the_hour_left_out_ends_with_it(string zone, string window, string now, string closes) =>
        new ScheduleSpec { TimeZone = zone, Windows = [window] }.At(now)
            .Should().BeOfType<WindowState.Open>().Which.Until.Should().BeExactly(Time(closes));

    // Berlin 2026-10-25: 03:00 becomes 02:00. New York 2026-11-01: 02:00 becomes 01:00.
    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-25T02:30+02:00", "2026-10-25T02:31+02:00", "2026-10-25T02:30+01:00")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-25T02:30+01:00", "2026-10-25T02:31+01:00", "2026-10-26T02:30+01:00")]
    [InlineData("Europe/Berlin", "* 2 * * *", "2026-10-25T02:10+02:00", "2026-10-25T03:00+01:00", "2026-10-26T02:00+01:00")]
    [InlineData("Europe/Berlin", "50-59 2 * * *", "2026-10-25T02:55+02:00", "2026-10-25T02:00+01:00", "2026-10-25T02:50+01:00")]
    [InlineData("Europe/Berlin", "* 3 * * *", "2026-10-24T03:59+02:00", "2026-10-24T04:00+02:00", "2026-10-25T03:00+01:00")]
    [InlineData("America/New_York", "0-29 1 * * *", "2026-11-01T01:00-04:00", "2026-11-01T01:30-04:00", "2026-11-01T01:00-05:00")]
    [InlineData("America/New_York", "0-29 1 * * *", "2026-11-01T01:00-05:00", "2026-11-01T01:30-05:00", "2026-11-02T01:00-05:00")]
    public void An_hour_that_the_autumn_repeats_is_in_its_window_both_times(string zone, string window, string now, string closes, string opensAgain)
    {
        var schedule = new ScheduleSpec { TimeZone = zone, Windows = [window] };

        schedule.At(now).Should().BeOfType<WindowState.Open>().Which.Until.Should().BeExactly(Time(closes));
        schedule.At(closes).Should().BeOfType<WindowState.Closed>().Which.Until.Should().BeExactly(Time(opensAgain));
    }

    [Theory]
    [InlineData("2026-11-26T12:00Z", "2026-11-27T00:00:30Z", "2026-12-01T00:00:10Z")]
    [InlineData("2026-12-01T00:00:10Z", null, null)]
    public void A_freeze_is_closed_from_its_first_moment_to_its_end(string now, string? closes, string? opens)
    {
        var schedule = new ScheduleSpec { Freezes = [Frozen("2026-11-27T00:00:30Z", "2026-12-01T00:00:10Z", "Black Friday")] };

        schedule.At(now).Should().Be(new WindowState.Open(closes is null ? null : Time(closes)));
        if (closes is not null)
            schedule.At(closes).Should().Be(new WindowState.Closed(opens is null ? null : Time(opens), "frozen: Black Friday"));
    }

    [Fact]
    public void A_freeze_goes_before_the_windows_and_both_are_named()
    {
        var schedule = Berlin(Office) with { Freezes = [Frozen("2026-11-27T00:00+01:00", "2026-12-01T00:00+01:00", "Black Friday")] };

        schedule.At("2026-11-26T12:00+01:00").Should().Be(new WindowState.Open(Time("2026-11-26T18:00+01:00")));
        schedule.At("2026-11-27T12:00+01:00").Should().Be(new WindowState.Closed(
            Time("2026-12-01T09:00+01:00"), "frozen: Black Friday, then outside the window \"* 9-17 * * 1-5\" Europe/Berlin"));
        schedule.At("2026-11-26T18:00+01:00").Should().Be(new WindowState.Closed(
            Time("2026-12-01T09:00+01:00"), "outside the window \"* 9-17 * * 1-5\" Europe/Berlin, then frozen: Black Friday"));
    }

    [Fact]
    public void Freezes_that_overlap_or_follow_each_other_are_one()
    {
        var schedule = new ScheduleSpec
        {
            Freezes =
            [
                Frozen("2026-12-23T00:00Z", "2026-12-27T00:00Z", "Christmas"),
                Frozen("2026-12-26T00:00Z", "2026-12-31T00:00Z", "stocktaking"),
                Frozen("2026-12-31T00:00Z", "2027-01-02T00:00Z", null),
            ],
        };

        schedule.At("2026-12-24T00:00Z").Should().Be(new WindowState.Closed(Time("2027-01-02T00:00Z"), "frozen: Christmas, then frozen: stocktaking"));
        schedule.At("2026-12-26T12:00Z").Should().Be(new WindowState.Closed(Time("2027-01-02T00:00Z"), "frozen: stocktaking, then frozen"));
    }

    [Fact]
    public void A_freeze_that_ends_later_than_in_five_years_has_no_end_in_sight() =>
        new ScheduleSpec { Freezes = [Frozen("2026-01-01T00:00Z", "9999-12-31T00:00Z", "sold")] }.At("2026-11-24T00:00Z")
            .Should().Be(new WindowState.Closed(null, "frozen: sold"));

    [Fact]
    public void Of_many_windows_the_first_are_named() =>
        Berlin("0 1 * * *", "0 2 * * *", "0 3 * * *", "0 4 * * *", "0 5 * * *").At("2026-11-24T12:00Z").Should().BeOfType<WindowState.Closed>()
            .Which.Why.Should().Be("outside the windows \"0 1 * * *\", \"0 2 * * *\", \"0 3 * * *\" and 2 more, Europe/Berlin");

    [Fact]
    public void The_message_says_until_when()
    {
        var schedule = Berlin(Office);

        Waits.Window(schedule, (WindowState.Closed)schedule.At("2026-11-28T12:00Z")).Should().Be(
            "Release window closed until Mon 2026-11-30 09:00 +01:00 (Europe/Berlin): outside the window \"* 9-17 * * 1-5\" Europe/Berlin; "
            + "abort and rollback still work.");
    }

    private static ScheduleSpec Berlin(params string[] windows) => new() { TimeZone = "Europe/Berlin", Windows = windows.ToEquatableList() };

    private static Freeze Frozen(string from, string to, string? reason) => new(Time(from), Time(to), reason);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

internal static class Asking
{
    public static WindowState At(this ScheduleSpec schedule, string now) =>
        ReleaseWindow.At(schedule, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
}
