using System.Text.Json.Nodes;
using CsCheck;
using Quartz;
using Rollouts.Model.Validation;

namespace Rollouts.Core.Tests.Scheduling;

/// <summary>What the validation lets through, Quartz must be able to read: a decision has nowhere to send an error.</summary>
public class CronAcceptanceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Fields = Gen.OneOf(
        Gen.Const("*"),
        Gen.OneOf("0", "1", "5", "7", "8", "12", "13", "23", "24", "30", "31", "32", "59", "60", "99", "JAN", "feb", "DEC", "SUN", "mon", "SAT"),
        Gen.Char["0123456789*/-,LW#?JANFEBMONSUN"].Array[1, 6].Select(letters => new string(letters)));

    private static readonly Gen<string> Texts = Fields.Array[5].Select(fields => string.Join(' ', fields));

    [Fact]
    public void Whatever_passes_the_validation_is_read_by_Quartz_and_comes_at_some_time() => Texts.Sample(text =>
    {
        if (IsValid(text))
            CronExpression.Parse(text, CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc).GetNextValidTimeAfter(Now).Should().NotBeNull(text);
    }, iter: 5_000);

    [Theory]
    [InlineData("* * 30 2 *")]
    [InlineData("* * 31 2,4,6,9,11 *")]
    public void What_is_refused_because_it_never_comes_never_comes_to_Quartz(string text)
    {
        IsValid(text).Should().BeFalse();
        CronExpression.Parse(text, CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc).GetNextValidTimeAfter(Now).Should().BeNull();
    }

    // Quartz is wider than crontab. What it alone takes would mean nothing, or something else, to another reader of the manifest.
    [Theory]
    [InlineData("* 22-6 * * *", true)]
    [InlineData("5/15 * * * *", true)]
    [InlineData("* * L * *", true)]
    [InlineData("* * * * 1#2", true)]
    [InlineData("* * * january *", true)]
    [InlineData("1, * * * *", true)]
    [InlineData("@daily", true)]
    [InlineData("* * * * * *", false)]
    [InlineData("60 * * * *", false)]
    [InlineData("*/60 * * * *", false)]
    [InlineData("* * 0 * *", false)]
    public void What_the_validation_refuses_Quartz_may_still_take(string text, bool taken)
    {
        IsValid(text).Should().BeFalse();
        CronExpression.TryParse(text, CronFormat.Unix, out _).Should().Be(taken);
    }

    private static bool IsValid(string text) => CanaryValidation
        .Check(new JsonObject { ["spec"] = new JsonObject { ["schedule"] = new JsonObject { ["windows"] = new JsonArray(text) } } })
        .Errors.All(error => error.Path != "spec.schedule.windows[0]");
}
