using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

internal static class Journaling
{
    /// <summary>Longer journals cost etcd; an Event lives for an hour, and ten are more than one reconcile can add.</summary>
    private const int Length = 10;

    /// <summary>The journal with one more entry, the oldest dropped where it grows too long.</summary>
    public static EquatableList<JournalEntry> Tell(this EquatableList<JournalEntry> journal, DateTimeOffset now, string reason, string message, bool warning) =>
        journal
            .Add(new JournalEntry((journal is [.., var last] ? last.Number : 0) + 1, now, warning, reason, message))
            .TakeLast(Length)
            .ToEquatableList();
}
