using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>A finished run, as <c>status.history</c> keeps it.</summary>
public sealed record RunRecord
{
    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    public required string Revision { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Finished { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>Why it ended so, in one sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>The furthest split that it reached.</summary>
    public Split Split { get; init; }

    /// <summary>Who ended it by hand; null: the controller.</summary>
    public string? By { get; init; }

    /// <summary>The controls that were acted on in the run, oldest first.</summary>
    public EquatableList<HandRecord> Controls { get; init; } = [];

    internal JsonObject ToJson() => new JsonFields()
        .Add("run", Run)
        .Add("revision", Revision)
        .Add("started", Started)
        .Add("finished", Finished)
        .Add("outcome", Words.Pascal(Outcome))
        .Add("reason", Reason)
        .Add("split", SplitJson.Write(Split))
        .Add("by", By)
        .Add("controls", Controls, control => control.ToJson())
        .ToObject();

    internal static RunRecord? Read(JsonCursor json) =>
        json.Text("run") is { } run && json.Text("revision") is { } revision && json.Word<RunOutcome>("outcome", Words.Pascal) is { } outcome
        && json.Time("started") is { } started && json.Time("finished") is { } finished
            ? new RunRecord
            {
                Run = run,
                Revision = revision,
                Started = started,
                Finished = finished,
                Outcome = outcome,
                Reason = json.Text("reason"),
                Split = SplitJson.Read(json.Object("split")),
                By = json.Text("by"),
                Controls = json.List("controls", item => HandRecord.Read(new JsonCursor(item))),
            }
            : null;
}
