using System.Globalization;

namespace Rollouts.Model;

/// <summary>One of the five fields of a cron expression.</summary>
/// <param name="Name">as an error calls it</param>
/// <param name="Least">the least value</param>
/// <param name="Most">the greatest value</param>
/// <param name="Words">names of values, from the least on</param>
internal sealed record CronField(string Name, int Least, int Most, params string[] Words)
{
    public static CronField Minute { get; } = new("minute", 0, 59);

    public static CronField Hour { get; } = new("hour", 0, 23);

    public static CronField Day { get; } = new("day of month", 1, 31);

    public static CronField Month { get; } =
        new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    // 7 is Sunday too, and only so can a range reach from Friday to Sunday.
    public static CronField Weekday { get; } = new("day of week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>Null where <paramref name="text"/> is <c>*</c> or a list of numbers, names, ranges and steps; else what is wrong.</summary>
    public string? Fault(string text) => text == "*" ? null : text.Split(',').Select(ItemFault).FirstOrDefault(fault => fault is not null);

    /// <summary>The values that <paramref name="text"/> names, as far as it is without fault.</summary>
    public IEnumerable<int> Values(string text) => text.Split(',').SelectMany(item =>
    {
        var (range, step) = Halves(item, '/');
        return Span(range) is var (from, to)
            ? Enumerable.Range(from, to - from + 1).Where(value => (value - from) % (step is null ? 1 : Number(step) ?? 1) == 0)
            : [];
    });

    private string? ItemFault(string item)
    {
        var (range, step) = Halves(item, '/');
        if (range == "*" && step is null)
            return $"must have * as its whole {Name} or not at all";
        // A step behind a single value means "from there on" to some crons and is wrong to others; none reads the range otherwise.
        if (step is not null && range != "*" && !range.Contains('-'))
            return $"must have a step behind * or a range, but its {Name} has \"{item}\": write {range}-{Most}/{step}";
        if (step is not null && (Number(step) is not { } every || every < 1 || every > Most))
            return $"must have a step from 1 to {Most} in its {Name}, but \"{item}\" has not";
        return Span(range) switch
        {
            null => $"must have its {Name} from {Least} to {Most}{Named}, but \"{item}\" is not one",
            var (from, to) when from > to => $"must have ranges that run upwards, but its {Name} has \"{item}\": split it in two, as 22-23,0-6 for 22-6",
            _ => null,
        };
    }

    private string Named => Words.Length == 0 ? "" : $" or {Words[0]} to {Words[^1]}";

    private (int From, int To)? Span(string range)
    {
        if (range == "*")
            return (Least, Most);
        var (first, last) = Halves(range, '-');
        return Value(first) is { } from && Value(last ?? first) is { } to ? (from, to) : null;
    }

    private int? Value(string text) =>
        Array.FindIndex(Words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is var index and >= 0 ? index + Least
        : Number(text) is { } number && number >= Least && number <= Most ? number
        : null;

    private static int? Number(string text) =>
        text.Length <= 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static (string First, string? Second) Halves(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var place and >= 0 ? (text[..place], text[(place + 1)..]) : (text, null);
}
