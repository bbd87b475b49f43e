using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>One rollout of one candidate.</summary>
public sealed record RunStatus
{
    public required string Id { get; init; }

    /// <summary>Hash of the candidate's pod template.</summary>
    public required string Revision { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Index of the present step in <see cref="StepProgram"/>, from 0.</summary>
    public int Step { get; init; }

    /// <summary>When the route was seen at the step's split; null until then.</summary>
    public DateTimeOffset? StepStartedAt { get; init; }

    /// <summary>Every step by its content, so that the run keeps its place when the spec's later steps are edited.</summary>
    public EquatableList<string> StepProgram { get; init; } = [];

    public Split Split { get; init; }

    /// <summary>The latest verdict of each check.</summary>
    public EquatableList<CheckVerdict> Verdicts { get; init; } = [];

    public EquatableList<GateStatus> Gates { get; init; } = [];

    /// <summary>What the step waits for; null: nothing.</summary>
    public Hold? Holds { get; init; }

    internal JsonObject ToJson() => new JsonFields()
        .Add("id", Id)
        .Add("revision", Revision)
        .Add("startedAt", StartedAt)
        .Add("step", Step)
        .Add("stepStartedAt", StepStartedAt)
        .Add("stepProgram", StepProgram, step => step)
        .Add("split", SplitJson.Write(Split))
        .Add("verdicts", Verdicts, verdict => verdict.ToJson())
        .Add("gates", Gates, gate => gate.ToJson())
        .Add("holds", Holds?.ToJson())
        .ToObject();

    internal static RunStatus? Read(JsonCursor json) =>
        json.Text("id") is { } id && json.Text("revision") is { } revision && json.Time("startedAt") is { } startedAt
            ? new RunStatus
            {
                Id = id,
                Revision = revision,
                StartedAt = startedAt,
                Step = json.Integer("step") ?? 0,
                StepStartedAt = json.Time("stepStartedAt"),
                StepProgram = json.Texts("stepProgram"),
                Split = SplitJson.Read(json.Object("split")),
                Verdicts = json.List("verdicts", item => CheckVerdict.Read(new JsonCursor(item))),
                Gates = json.List("gates", item => GateStatus.Read(new JsonCursor(item))),
                Holds = Hold.Read(json.Object("holds")),
            }
            : null;
}
