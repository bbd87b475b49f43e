using System.CommandLine;
using System.Text.Json.Nodes;
using Rollouts.Cli.Clusters;
using Rollouts.Cli.Viewing;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Json;
using Rollouts.Model.Status;

namespace Rollouts.Cli;

internal static class HistoryCommand
{
    public static Command Make(Terminal terminal)
    {
        var name = CanaryName.Required();
        var output = OutputOption.Make(OutputFormat.Table, OutputFormat.Json, OutputFormat.Yaml);
        var cluster = new ClusterOptions();
        var command = new Command("history", "Show the finished runs of a Canary, the last one first.") { name, output };
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = cluster.Open(parsed, terminal);
            var canary = await session.CanaryAsync(parsed.GetRequiredValue(name), cancellation);
            var kept = canary.At("status", "history") as JsonArray ?? [];
            terminal.Out.Show(parsed.GetValue(output), kept, () => Table(terminal, canary));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Table(Terminal terminal, JsonObject canary)
    {
        var runs = CanaryStatus.Parse(canary["status"]).History;
        if (runs.Count == 0)
            terminal.Error.Line($"No run of Canary {canary.Name} has ended yet.");
        else
            new Columns(terminal.Out, "RUN", "REVISION", "OUTCOME", "STARTED", "DURATION", "REACHED", "BY", "REASON").Write([.. runs.SelectMany(Rows)]);
    }

    /// <summary>A row for the run, and under it one for each control that was acted on in it.</summary>
    private static IEnumerable<string[]> Rows(RunRecord run) =>
    [
        [
            run.Run, run.Revision, run.Outcome.ToString(), TimeText.Format(run.Started), Ago.Of(run.Finished - run.Started),
            run.Split.ToString(), run.By ?? "", run.Reason ?? "",
        ],
        .. run.Controls.Select(hand => new[] { "", "", $"- {hand.Control}", TimeText.Format(hand.At), "", "", hand.By, hand.Reason ?? "" }),
    ];
}
