using Rollouts.Core.Controls;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

internal static class Handing
{
    /// <summary>The history keeps them for every run, and a status has to fit into etcd.</summary>
    private const int Kept = 10;

    private const int LongestReason = 250;

    /// <summary>The run with one more control that was acted on, the oldest dropped where there are very many.</summary>
    public static RunStatus By(this RunStatus run, Control control, DateTimeOffset now) => run with
    {
        Controls = run.Controls
            .Add(new HandRecord($"{Control.Key(control.Kind)}{(control.Full ? " full" : "")}", control.By, Reason(control.Text), now))
            .TakeLast(Kept)
            .ToEquatableList(),
    };

    private static string? Reason(string text) => text.Length switch
    {
        0 => null,
        <= LongestReason => text,
        _ => $"{text[..LongestReason]}...",
    };
}
