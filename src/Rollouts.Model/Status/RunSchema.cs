using Rollouts.Model.Analysis;
using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Status;

/// <summary>The shape of <c>status.run</c>.</summary>
internal static class RunSchema
{
    public static ObjectSchema Run { get; } = new("The run under way, or the last one.")
    {
        Required = ["id", "revision", "startedAt"],
        Fields = new()
        {
            ["id"] = StatusSchema.Text("Id of the run."),
            ["revision"] = StatusSchema.Text("Hash of the candidate's pod template."),
            ["startedAt"] = TextSchema.Time("When it started."),
            ["readyAt"] = TextSchema.Time("When, before the first step, the candidate was first seen ready."),
            ["step"] = IntegerSchema.Count("How many steps of stepProgram were begun, 0 while the candidate is being scaled up."),
            ["stepStartedAt"] = TextSchema.Time("When the step was decided."),
            ["stepProgram"] = new ListSchema("Every step by its content.", StatusSchema.Text("One step."), null),
            ["split"] = StatusSchema.Split("The split that is meant."),
            ["reached"] = StatusSchema.Split("The furthest split of the run."),
            ["verdicts"] = new ListSchema("The latest verdict of each check.", Verdict, null),
            ["mirrored"] = IntegerSchema.Percent("Percent of the traffic that is copied to the candidate."),
            ["scale"] = new ObjectSchema("How many pods the candidate has to have; default: as many as the primary.")
            {
                Fields = new()
                {
                    ["replicas"] = IntegerSchema.Count("Pods of the candidate."),
                    ["percent"] = IntegerSchema.Percent("Percent of the primary's replicas."),
                },
            },
            ["gates"] = new ListSchema("Webhooks that were asked, and what they said.", Gate, null),
            ["holds"] = new ObjectSchema("What the step waits for.")
            {
                Required = ["since"],
                Fields = new()
                {
                    ["since"] = TextSchema.Time("Since when it waits; maxHold counts from there."),
                    ["reason"] = StatusSchema.Text("What it waits for, in one sentence."),
                },
            },
            ["paused"] = new ObjectSchema("Set while a person holds the run.")
            {
                Required = ["since"],
                Fields = new()
                {
                    ["since"] = TextSchema.Time("Since when it is held."),
                    ["by"] = StatusSchema.Text("Who paused it."),
                    ["reason"] = StatusSchema.Text("Why, in the words of who did."),
                },
            },
            ["controls"] = StatusSchema.Controls,
            ["promotedBy"] = StatusSchema.Text("Who promoted it by hand."),
            ["proven"] = new FlagSchema("Whether the revision was promoted before and is promoted again without analysis."),
            ["restoredFrom"] = StatusSchema.Text("Revision that the target holds until it is given the kept template of this run's."),
            ["retiredAt"] = TextSchema.Time("When, after a rollback, the candidate was seen scaled to zero with all traffic on the primary."),
        },
    };

    private static ObjectSchema Verdict => new("One check's verdict.")
    {
        Required = ["check", "verdict", "at"],
        Fields = new()
        {
            ["check"] = StatusSchema.Text("Name of the metric."),
            ["verdict"] = TextSchema.Word<Verdict>("What it says.", Words.Upper),
            ["value"] = new NumberSchema("The measured number."),
            ["threshold"] = StatusSchema.Text("The bounds in words."),
            ["samples"] = IntegerSchema.Long("Requests in the window."),
            ["at"] = TextSchema.Time("When it was measured."),
            ["sentence"] = StatusSchema.Text("The verdict in one sentence."),
        },
    };

    private static ObjectSchema Gate => new("One gate.")
    {
        Required = ["name"],
        Fields = new()
        {
            ["name"] = StatusSchema.Text("Name of the webhook."),
            ["type"] = TextSchema.Word<HookKind>("When it is asked.", Words.Kebab),
            ["key"] = StatusSchema.Text("Run, step and number of the call that was answered last."),
            ["open"] = new FlagSchema("Whether it said yes."),
            ["at"] = TextSchema.Time("When it was last asked."),
            ["sentence"] = StatusSchema.Text("The answer in one sentence."),
        },
    };
}
