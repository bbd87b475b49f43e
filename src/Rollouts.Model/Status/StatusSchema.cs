using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Status;

/// <summary>The shape of <c>status</c>. A field that is written but not named here would be pruned by the API server.</summary>
internal static class StatusSchema
{
    public static ObjectSchema Status { get; } = new("What the controller intends and what it has seen.")
    {
        Fields = new()
        {
            ["phase"] = TextSchema.Word<Phase>("Where the Canary stands in the life of a release.", Words.Pascal),
            ["canaryWeight"] = IntegerSchema.Percent("Percent of the traffic that the candidate is meant to have."),
            ["failedChecks"] = IntegerSchema.Count("Failed checks of the present run."),
            ["iterations"] = IntegerSchema.Count("Checks done in a blue/green or A/B run."),
            ["target"] = Text("What the Canary was initialised for, and keeps."),
            ["lastAppliedSpec"] = Text("Hash of the target's pod template that was last taken up."),
            ["lastPromotedSpec"] = Text("Hash of the pod template that was last promoted."),
            ["trackedConfigs"] = Map("Hash of each tracked ConfigMap and Secret, by configmap/name or secret/name."),
            ["sessionAffinityCookie"] = Text("Cookie of the users who see the candidate, as name=value."),
            ["primarySessionAffinityCookie"] = Text("Cookie of the users who are kept on the primary, as name=value."),
            ["previousSessionAffinityCookie"] = Text("Cookie of an earlier candidate, which the route takes back, as name=value."),
            ["lastTransitionTime"] = TextSchema.Time("When the phase last changed."),
            ["observedGeneration"] = IntegerSchema.Long("Generation of the spec that this status was decided on."),
            ["message"] = Text("What is going on and why, in one sentence."),
            ["stepProgress"] = Text("How far the program is, for example 3/7."),
            ["run"] = RunSchema.Run,
            ["stableRevision"] = Text("Revision last proven good, where traffic goes on any doubt."),
            ["lastControls"] = Map("Last value acted on of each control annotation, by its short name."),
            ["history"] = new ListSchema("Finished runs, newest first.", Record, null),
            ["conditions"] = new ListSchema("Conditions: Promoted, Ready, Reconciling, Stalled.", Condition, null),
            ["journal"] = new ListSchema("The last things that happened, oldest first.", Entry, null),
        },
    };

    internal static TextSchema Text(string description) => new(description) { MaxLength = null };

    private static MapSchema Map(string description) => new(description) { MaxEntries = null, Entry = Text("One entry.") };

    internal static ObjectSchema Split(string description) => new(description)
    {
        Fields = new()
        {
            ["primary"] = IntegerSchema.Percent("Percent of the traffic for the primary."),
            ["canary"] = IntegerSchema.Percent("Percent of the traffic for the candidate."),
        },
    };

    internal static ListSchema Controls => new("Controls that were acted on in the run, oldest first.", Control, null);

    private static ObjectSchema Control => new("One control.")
    {
        Required = ["control", "at"],
        Fields = new()
        {
            ["control"] = Text("Short name of its annotation; promote full where the rest of the program was skipped."),
            ["by"] = Text("Who asked."),
            ["reason"] = Text("Why, in the words of who asked."),
            ["at"] = TextSchema.Time("When it was acted on."),
        },
    };

    private static ObjectSchema Record => new("One finished run.")
    {
        Required = ["run", "revision", "started", "finished", "outcome"],
        Fields = new()
        {
            ["run"] = Text("Id of the run."),
            ["revision"] = Text("Hash of the candidate's pod template."),
            ["started"] = TextSchema.Time("When it started."),
            ["finished"] = TextSchema.Time("When it ended."),
            ["outcome"] = TextSchema.Word<RunOutcome>("How it ended.", Words.Pascal),
            ["reason"] = Text("Why it ended so, in one sentence."),
            ["split"] = Split("Furthest split that it reached."),
            ["by"] = Text("Who ended it by hand."),
            ["controls"] = Controls,
        },
    };

    private static ObjectSchema Condition => new("One condition.")
    {
        Required = ["type", "status", "reason", "lastTransitionTime"],
        Fields = new()
        {
            ["type"] = Text("What the condition is about."),
            ["status"] = TextSchema.Word<ConditionStatus>("Whether it holds.", Words.Pascal),
            ["reason"] = Text("Why, in one word."),
            ["message"] = Text("Why, in one sentence."),
            ["lastTransitionTime"] = TextSchema.Time("When the condition's status last changed."),
            ["observedGeneration"] = IntegerSchema.Long("Generation of the spec that it was decided on."),
        },
    };

    private static ObjectSchema Entry => new("One thing that happened.")
    {
        Required = ["number", "at", "reason"],
        Fields = new()
        {
            ["number"] = IntegerSchema.Long("Counts up by one over the life of the Canary."),
            ["at"] = TextSchema.Time("When it happened."),
            ["type"] = new TextSchema("Type of the event.") { Words = ["Normal", "Warning"] },
            ["reason"] = Text("Why, in one word."),
            ["message"] = Text("What happened, in one sentence."),
        },
    };
}
