using Rollouts.Model;

namespace Rollouts.Core.Explaining;

/// <summary>What keeps a release window closed, as parts of <see cref="Waits.Window"/>.</summary>
internal static class Closures
{
    private const int MostShown = 3;

    public static string Outside(ScheduleSpec schedule)
    {
        var shown = string.Join(", ", schedule.Windows.Take(MostShown).Select(window => $"\"{window}\""));
        var more = schedule.Windows.Count > MostShown ? $" and {schedule.Windows.Count - MostShown} more," : "";
        return $"outside the {(schedule.Windows.Count == 1 ? "window" : "windows")} {shown}{more} {schedule.TimeZone}";
    }

    /// <summary>A reason may be a paragraph; a message is one line.</summary>
    public static string Frozen(Freeze freeze) =>
        freeze.Reason?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, ..] words
            ? $"frozen: {string.Join(' ', words).TrimEnd('.')}"
            : "frozen";
}
