using System.Text.Json.Nodes;
using Rollouts.Model.Analysis;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>One rollout of one candidate.</summary>
public sealed record RunStatus
{
    public required string Id { get; init; }

    /// <summary>Hash of the candidate's pod template.</summary>
    public required string Revision { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When, before the first step, the candidate was first seen ready; from then on it has no deadline.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>How many steps of <see cref="StepProgram"/> were begun: 0 while the candidate is being scaled up.</summary>
    public int Step { get; init; }

    /// <summary>When the step was decided. Its clock starts when the route is seen at the split, a moment later.</summary>
    public DateTimeOffset? StepStartedAt { get; init; }

    /// <summary>Every step by its content, so that the run keeps its place when the spec's later steps are edited.</summary>
    public EquatableList<string> StepProgram { get; init; } = [];

    public Split Split { get; init; }

    /// <summary>The furthest split of the run; it outlives the way back to the primary.</summary>
    public Split Reached { get; init; }

    /// <summary>The latest verdict of each check.</summary>
    public EquatableList<CheckVerdict> Verdicts { get; init; } = [];

    /// <summary>Share of the traffic that is copied to the candidate; zero: none.</summary>
    public Weight Mirrored { get; init; }

    /// <summary>How many pods the candidate has to have; null: as many as the primary.</summary>
    public CanaryScale? Scale { get; init; }

    public EquatableList<GateStatus> Gates { get; init; } = [];

    /// <summary>What the step waits for; null: nothing.</summary>
    public Hold? Holds { get; init; }

    /// <summary>Set while a person holds the run.</summary>
    public Pause? Paused { get; init; }

    /// <summary>The controls that were acted on in this run, oldest first; of very many the last.</summary>
    public EquatableList<HandRecord> Controls { get; init; } = [];

    /// <summary>Who promoted it by hand; null: nobody has.</summary>
    public string? PromotedBy { get; init; }

    /// <summary>Whether the revision was promoted before and is promoted again without analysis.</summary>
    public bool Proven { get; init; }

    /// <summary>What the target holds until it is given the kept template of <see cref="Revision"/>; null where it is not to be given one.</summary>
    public string? RestoredFrom { get; init; }

    /// <summary>When, after a rollback, the candidate was seen scaled to zero with all traffic on the primary.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    internal JsonObject ToJson() => new JsonFields()
        .Add("id", Id)
        .Add("revision", Revision)
        .Add("startedAt", StartedAt)
        .Add("readyAt", ReadyAt)
        .Add("step", Step)
        .Add("stepStartedAt", StepStartedAt)
        .Add("stepProgram", StepProgram, step => step)
        .Add("split", SplitJson.Write(Split))
        .Add("reached", SplitJson.Write(Reached))
        .Add("verdicts", Verdicts, verdict => verdict.ToJson())
        .Add("mirrored", Mirrored == Weight.Zero ? null : Mirrored.Percent)
        .Add("scale", Scale?.ToJson())
        .Add("gates", Gates, gate => gate.ToJson())
        .Add("holds", Holds?.ToJson())
        .Add("paused", Paused?.ToJson())
        .Add("controls", Controls, control => control.ToJson())
        .Add("promotedBy", PromotedBy)
        .Add("proven", Proven ? true : null)
        .Add("restoredFrom", RestoredFrom)
        .Add("retiredAt", RetiredAt)
        .ToObject();

    internal static RunStatus? Read(JsonCursor json) =>
        json.Text("id") is { } id && json.Text("revision") is { } revision && json.Time("startedAt") is { } startedAt
            ? new RunStatus
            {
                Id = id,
                Revision = revision,
                StartedAt = startedAt,
                ReadyAt = json.Time("readyAt"),
                Step = json.Integer("step") ?? 0,
                StepStartedAt = json.Time("stepStartedAt"),
                StepProgram = json.Texts("stepProgram"),
                Split = SplitJson.Read(json.Object("split")),
                Reached = SplitJson.Read(json.Object("reached")),
                Verdicts = json.List("verdicts", item => CheckVerdict.Read(new JsonCursor(item))),
                Mirrored = json.Weight("mirrored") ?? Weight.Zero,
                Scale = CanaryScale.Read(json.Object("scale")),
                Gates = json.List("gates", item => GateStatus.Read(new JsonCursor(item))),
                Holds = Hold.Read(json.Object("holds")),
                Paused = Pause.Read(json.Object("paused")),
                Controls = json.List("controls", item => HandRecord.Read(new JsonCursor(item))),
                PromotedBy = json.Text("promotedBy"),
                Proven = json.Flag("proven") ?? false,
                RestoredFrom = json.Text("restoredFrom"),
                RetiredAt = json.Time("retiredAt"),
            }
            : null;
}
