using CsCheck;

namespace Rollouts.Core.Tests.Scheduling;

/// <summary>A cron expression that was made from the values it names, so that nothing needs to read it.</summary>
internal sealed record CronSample(CronSample.Part Minute, CronSample.Part Hour, CronSample.Part Day, CronSample.Part Month, CronSample.Part Weekday)
{
    public string Text => $"{Minute.Text} {Hour.Text} {Day.Text} {Month.Text} {Weekday.Text}";

    public bool Names(DateTimeOffset shown) =>
        Minute.Values.Contains(shown.Minute) && Hour.Values.Contains(shown.Hour) && Month.Values.Contains(shown.Month) && NamesDay(shown);

    /// <summary>One field in all the ways that crontab writes one.</summary>
    public static Gen<Part> Field(int least, int most)
    {
        var range = Gen.Select(Gen.Int[least, most], Gen.Int[least, most], (one, other) => (From: Math.Min(one, other), To: Math.Max(one, other)));
        var item = Gen.OneOf(
            Gen.Int[least, most].Select(value => new Part($"{value}", [value])),
            range.Select(ends => new Part($"{ends.From}-{ends.To}", Every(ends.From, ends.To, 1))),
            Gen.Select(range, Gen.Int[1, most], (ends, step) => new Part($"{ends.From}-{ends.To}/{step}", Every(ends.From, ends.To, step))),
            Gen.Int[1, most].Select(step => new Part($"*/{step}", Every(least, most, step))));
        var list = item.Array[1, 3].Select(items => new Part(string.Join(',', items.Select(part => part.Text)), [.. items.SelectMany(part => part.Values)]));
        return Gen.Frequency((3, Gen.Const(new Part("*", Every(least, most, 1)))), (2, list));
    }

    private bool NamesDay(DateTimeOffset shown)
    {
        var day = Day.Values.Contains(shown.Day);
        var weekday = Weekday.Values.Contains((int)shown.DayOfWeek) || (shown.DayOfWeek == DayOfWeek.Sunday && Weekday.Values.Contains(7));
        return Day.Text == "*" || Weekday.Text == "*" ? day && weekday : day || weekday;
    }

    private static HashSet<int> Every(int from, int to, int step) => [.. Enumerable.Range(from, to - from + 1).Where(value => (value - from) % step == 0)];

    public sealed record Part(string Text, HashSet<int> Values);
}
