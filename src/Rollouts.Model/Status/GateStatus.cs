using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>A webhook or a person who must say yes, and what was last answered.</summary>
public sealed record GateStatus
{
    public required string Name { get; init; }

    public bool Open { get; init; }

    /// <summary>When it was last asked.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public string? Sentence { get; init; }

    internal JsonObject ToJson() => new JsonFields()
        .Add("name", Name)
        .Add("open", Open)
        .Add("at", At)
        .Add("sentence", Sentence)
        .ToObject();

    internal static GateStatus? Read(JsonCursor json) =>
        json.Text("name") is { } name
            ? new GateStatus { Name = name, Open = json.Flag("open") ?? false, At = json.Time("at"), Sentence = json.Text("sentence") }
            : null;
}
