using System.Text.Json.Nodes;
using Rollouts.Model.Analysis;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>A webhook, and what it last answered.</summary>
public sealed record GateStatus
{
    public required string Name { get; init; }

    /// <summary>When it is asked.</summary>
    public HookKind Kind { get; init; }

    /// <summary>Of the call that was answered last: run, step and number. Sent with the call, so that a receiver can tell a repetition.</summary>
    public string? Key { get; init; }

    public bool Open { get; init; }

    /// <summary>When it was last asked.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public string? Sentence { get; init; }

    internal JsonObject ToJson() => new JsonFields()
        .Add("name", Name)
        .Add("type", Words.Kebab(Kind))
        .Add("key", Key)
        .Add("open", Open)
        .Add("at", At)
        .Add("sentence", Sentence)
        .ToObject();

    internal static GateStatus? Read(JsonCursor json) =>
        json.Text("name") is { } name
            ? new GateStatus
            {
                Name = name,
                Kind = json.Word<HookKind>("type", Words.Kebab) ?? HookKind.Rollout,
                Key = json.Text("key"),
                Open = json.Flag("open") ?? false,
                At = json.Time("at"),
                Sentence = json.Text("sentence"),
            }
            : null;
}
