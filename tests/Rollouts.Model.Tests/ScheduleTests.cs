using Rollouts.Model.Schemas;

namespace Rollouts.Model.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public void A_schedule_is_read_with_its_windows_and_freezes()
    {
        var schedule = Read(
            """
            {"timeZone":"Europe/Berlin","windows":["* 9-17 * * 1-5","* 10-11 * * SAT"],
             "freezes":[{"from":"2026-11-27T00:00:00+01:00","to":"2026-12-01T00:00:00+01:00","reason":"Black Friday"},{"from":"2026-12-24T00:00:00Z","to":"2026-12-27T00:00:00Z"}]}
            """);

        schedule.Should().Be(new ScheduleSpec
        {
            TimeZone = "Europe/Berlin",
            Windows = ["* 9-17 * * 1-5", "* 10-11 * * SAT"],
            Freezes =
            [
                new(new(2026, 11, 26, 23, 0, 0, TimeSpan.Zero), new(2026, 11, 30, 23, 0, 0, TimeSpan.Zero), "Black Friday"),
                new(new(2026, 12, 24, 0, 0, 0, TimeSpan.Zero), new(2026, 12, 27, 0, 0, 0, TimeSpan.Zero), null),
            ],
        });
    }

    [Fact]
    public void Without_a_zone_windows_are_read_in_UTC() => Read("{}").Should().Be(new ScheduleSpec { TimeZone = "UTC", Windows = [], Freezes = [] });

    [Fact]
    public void A_canary_without_a_schedule_has_none() => Read("null").Should().BeNull();

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("0 0 1 1 0")]
    [InlineData("59 23 31 12 7")]
    [InlineData("*/15 9-17/2 1,15 JAN-jun MON-Fri")]
    [InlineData("0-29,45-50/5 09 * * *")]
    [InlineData("* * * * 5-7")]
    [InlineData("  *\\t*  * * * ")]
    [InlineData("* * 29 2 *")]
    [InlineData("* * 31 2,3 *")]
    [InlineData("* * 30 2 1")]
    public void An_expression_that_every_crontab_takes_is_taken(string window) => Faults($$"""{"windows":["{{window}}"]}""").Should().BeEmpty();

    [Theory]
    [InlineData("* * * *", "must have five fields (minute, hour, day of month, month, day of week), but \"* * * *\" has 4")]
    [InlineData("0 * * * * ?", "must have five fields (minute, hour, day of month, month, day of week), but \"0 * * * * ?\" has 6")]
    [InlineData("@daily", "must have five fields (minute, hour, day of month, month, day of week), but \"@daily\" has 1")]
    [InlineData("60 * * * *", "must have its minute from 0 to 59, but \"60\" is not one")]
    [InlineData("* 9-24 * * *", "must have its hour from 0 to 23, but \"9-24\" is not one")]
    [InlineData("* * 0 * *", "must have its day of month from 1 to 31, but \"0\" is not one")]
    [InlineData("* * * 13 *", "must have its month from 1 to 12 or JAN to DEC, but \"13\" is not one")]
    [InlineData("* * * january *", "must have its month from 1 to 12 or JAN to DEC, but \"january\" is not one")]
    [InlineData("* * * * 8", "must have its day of week from 0 to 7 or SUN to SAT, but \"8\" is not one")]
    [InlineData("1, * * * *", "must have its minute from 0 to 59, but \"\" is not one")]
    [InlineData("-5 * * * *", "must have its minute from 0 to 59, but \"-5\" is not one")]
    [InlineData("1-2-3 * * * *", "must have its minute from 0 to 59, but \"1-2-3\" is not one")]
    [InlineData("+1 * * * *", "must have its minute from 0 to 59, but \"+1\" is not one")]
    [InlineData("٣ * * * *", "must have its minute from 0 to 59, but \"٣\" is not one")]
    [InlineData("* * L * *", "must have its day of month from 1 to 31, but \"L\" is not one")]
    [InlineData("* * ? * *", "must have its day of month from 1 to 31, but \"?\" is not one")]
    [InlineData("* * * * 1#2", "must have its day of week from 0 to 7 or SUN to SAT, but \"1#2\" is not one")]
    [InlineData("* 22-6 * * *", "must have ranges that run upwards, but its hour has \"22-6\": split it in two, as 22-23,0-6 for 22-6")]
    [InlineData("* * * * FRI-MON", "must have ranges that run upwards, but its day of week has \"FRI-MON\": split it in two, as 22-23,0-6 for 22-6")]
    [InlineData("*/0 * * * *", "must have a step from 1 to 59 in its minute, but \"*/0\" has not")]
    [InlineData("*/60 * * * *", "must have a step from 1 to 59 in its minute, but \"*/60\" has not")]
    [InlineData("*/2/3 * * * *", "must have a step from 1 to 59 in its minute, but \"*/2/3\" has not")]
    [InlineData("5/15 * * * *", "must have a step behind * or a range, but its minute has \"5/15\": write 5-59/15")]
    [InlineData("*,5 * * * *", "must have * as its whole minute or not at all")]
    [InlineData("30 2 30 2 *", "must come at some time, but no month of \"2\" has a day 30: mend the day of month or the month")]
    [InlineData("* * 31 4,jun-JUN *", "must come at some time, but no month of \"4,jun-JUN\" has a day 31: mend the day of month or the month")]
    public void A_wrong_expression_is_refused_with_what_is_wrong_in_it(string window, string message) =>
        Faults($$"""{"windows":["* * * * *","{{window}}"]}""").Should().Equal(new FieldError("spec.schedule.windows[1]", message));

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT-3")]
    public void A_zone_of_the_IANA_list_is_taken(string zone) => Faults($$"""{"timeZone":"{{zone}}"}""").Should().BeEmpty();

    [Theory]
    [InlineData("Europe/Bielefeld", "must be an IANA time zone such as Europe/Berlin, but \"Europe/Bielefeld\" is not known here: check its spelling")]
    [InlineData("W. Europe Standard Time", "must be an IANA time zone such as Europe/Berlin, but is \"W. Europe Standard Time\"")]
    [InlineData("+01:00", "must be an IANA time zone such as Europe/Berlin, but is \"+01:00\"")]
    [InlineData("localtime", "must be an IANA time zone such as Europe/Berlin, but is \"localtime\"")]
    [InlineData("/etc/localtime", "must be an IANA time zone such as Europe/Berlin, but is \"/etc/localtime\"")]
    [InlineData("Europe/../Berlin", "must be an IANA time zone such as Europe/Berlin, but is \"Europe/../Berlin\"")]
    public void Another_zone_is_refused(string zone, string message) =>
        Faults($$"""{"timeZone":"{{zone}}"}""").Should().Equal(new FieldError("spec.schedule.timeZone", message));

    [Fact]
    public void Where_no_zones_are_installed_the_installation_is_blamed_and_not_the_manifest()
    {
        TimeZoneText.Fault("Europe/Paris", zone => zone == "UTC").Should().Be(
            "cannot be \"Europe/Paris\", because no time zones are installed where this runs: install the package tzdata there, or use UTC");
        TimeZoneText.Fault("UTC", zone => zone == "UTC").Should().BeNull();
    }

    [Theory]
    [InlineData("2026-12-01T00:00:00Z", "2026-12-01T00:00:01Z", 0)]
    [InlineData("2026-12-01T00:00:00+01:00", "2026-12-01T00:00:00Z", 0)]
    [InlineData("2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z", 1)]
    [InlineData("2026-12-01T00:00:00Z", "2026-12-01T00:00:00+01:00", 1)]
    public void A_freeze_ends_after_it_begins(string from, string to, int errors) =>
        Faults($$"""{"freezes":[{"from":"{{from}}","to":"{{to}}"}]}""").Should().Equal(
            Enumerable.Repeat(new FieldError("spec.schedule.freezes[0]", "must end after it begins: mend from or to"), errors));

    private static ScheduleSpec? Read(string schedule) =>
        CanaryReading.Of(Manifest.Ramp().With("spec.schedule", schedule)).Legible?.Schedule;

    private static IReadOnlyList<FieldError> Faults(string schedule)
    {
        var findings = new Findings();
        ScheduleSchema.Schedule.Check(Manifest.Parse(schedule), "spec.schedule", findings);
        return findings.Errors;
    }
}
