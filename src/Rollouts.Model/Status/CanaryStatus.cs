using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>What the controller intends and what it has seen. Every transition is one write of this.</summary>
public sealed record CanaryStatus
{
    /// <summary>The status of a Canary that no controller has touched.</summary>
    public static CanaryStatus None { get; } = new();

    public Phase Phase { get; init; } = Phase.Initializing;

    /// <summary>Percent of the traffic that the candidate is meant to have.</summary>
    public Weight CanaryWeight { get; init; }

    /// <summary>Failed checks of the present run.</summary>
    public int FailedChecks { get; init; }

    public int Iterations { get; init; }

    /// <summary>What the Canary was initialised for; null before.</summary>
    public string? Target { get; init; }

    /// <summary>Hash of the target's pod template that was last taken up; null before the first.</summary>
    public string? LastAppliedSpec { get; init; }

    /// <summary>Hash of the template that was last promoted.</summary>
    public string? LastPromotedSpec { get; init; }

    /// <summary>Hash of each tracked ConfigMap and Secret, by <c>configmap/name</c> or <c>secret/name</c>.</summary>
    public EquatableMap TrackedConfigs { get; init; } = EquatableMap.Empty;

    /// <summary>The cookies of session affinity.</summary>
    public Cookies Cookies { get; init; } = Cookies.None;

    /// <summary>When <see cref="Phase"/> last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>The generation of the spec that this status was decided on; 0 before the first decision.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>One sentence: what is going on and why.</summary>
    public string? Message { get; init; }

    /// <summary>How far the program is, for example <c>3/7</c>; the printer column Step.</summary>
    public string? StepProgress { get; init; }

    /// <summary>The run under way, or the last one.</summary>
    public RunStatus? Run { get; init; }

    /// <summary>The revision last proven good: where traffic goes on any doubt.</summary>
    public string? StableRevision { get; init; }

    /// <summary>The last value acted on of each control annotation, by the annotation's short name: <c>promote</c>, <c>abort</c>, ...</summary>
    public EquatableMap LastControls { get; init; } = EquatableMap.Empty;

    /// <summary>Finished runs, newest first.</summary>
    public EquatableList<RunRecord> History { get; init; } = [];

    public EquatableList<Condition> Conditions { get; init; } = [];

    /// <summary>The last things that happened, oldest first; events are published from it.</summary>
    public EquatableList<JournalEntry> Journal { get; init; } = [];

    /// <summary>The <c>status</c> object, its fields always in the same order, without those that say nothing.</summary>
    public JsonObject ToJson() => new JsonFields()
        .Add("phase", Words.Pascal(Phase))
        .Add("canaryWeight", CanaryWeight.Percent)
        .Add("failedChecks", FailedChecks)
        .Add("iterations", Iterations)
        .Add("target", Target)
        .Add("lastAppliedSpec", LastAppliedSpec)
        .Add("lastPromotedSpec", LastPromotedSpec)
        .Add("trackedConfigs", TrackedConfigs)
        .Add("sessionAffinityCookie", Cookies.Candidate)
        .Add("primarySessionAffinityCookie", Cookies.Primary)
        .Add("previousSessionAffinityCookie", Cookies.Previous)
        .Add("lastTransitionTime", LastTransitionTime)
        .Add("observedGeneration", ObservedGeneration)
        .Add("message", Message)
        .Add("stepProgress", StepProgress)
        .Add("run", Run?.ToJson())
        .Add("stableRevision", StableRevision)
        .Add("lastControls", LastControls)
        .Add("history", History, record => record.ToJson())
        .Add("conditions", Conditions, condition => condition.ToJson())
        .Add("journal", Journal, entry => entry.ToJson())
        .ToObject();

    /// <summary>Reads a <c>status</c> object; what is missing or of another type reads as not yet set.</summary>
    public static CanaryStatus Parse(JsonNode? json) => Read(new JsonCursor(json));

    internal static CanaryStatus Read(JsonCursor json) => new()
    {
        Phase = json.Word<Phase>("phase", Words.Pascal) ?? Phase.Initializing,
        CanaryWeight = json.Weight("canaryWeight") ?? Weight.Zero,
        FailedChecks = json.Integer("failedChecks") ?? 0,
        Iterations = json.Integer("iterations") ?? 0,
        Target = json.Text("target"),
        LastAppliedSpec = json.Text("lastAppliedSpec"),
        LastPromotedSpec = json.Text("lastPromotedSpec"),
        TrackedConfigs = json.Map("trackedConfigs"),
        Cookies = new(json.Text("sessionAffinityCookie"), json.Text("primarySessionAffinityCookie"), json.Text("previousSessionAffinityCookie")),
        LastTransitionTime = json.Time("lastTransitionTime"),
        ObservedGeneration = json.Long("observedGeneration") ?? 0,
        Message = json.Text("message"),
        StepProgress = json.Text("stepProgress"),
        Run = RunStatus.Read(json.Object("run")),
        StableRevision = json.Text("stableRevision"),
        LastControls = json.Map("lastControls"),
        History = json.List("history", item => RunRecord.Read(new JsonCursor(item))),
        Conditions = json.List("conditions", item => Condition.Read(new JsonCursor(item))),
        Journal = json.List("journal", item => JournalEntry.Read(new JsonCursor(item))),
    };
}
