using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>
/// One thing that happened, written in the same status write as the transition itself. Events are published from here, after the write
/// and at least once, so that a crash in between loses none.
/// </summary>
/// <param name="Number">Counts up by one over the life of the Canary.</param>
/// <param name="Warning">Whether the event is a Warning; else it is Normal.</param>
/// <param name="Reason">One word in CamelCase.</param>
/// <param name="Message">One sentence.</param>
public sealed record JournalEntry(long Number, DateTimeOffset At, bool Warning, string Reason, string Message)
{
    internal JsonObject ToJson() => new JsonFields()
        .Add("number", Number)
        .Add("at", At)
        .Add("type", Warning ? "Warning" : "Normal")
        .Add("reason", Reason)
        .Add("message", Message)
        .ToObject();

    internal static JournalEntry? Read(JsonCursor json) =>
        json.Long("number") is { } number && json.Time("at") is { } at && json.Text("reason") is { } reason
            ? new(number, at, json.Text("type") == "Warning", reason, json.Text("message") ?? "")
            : null;
}
