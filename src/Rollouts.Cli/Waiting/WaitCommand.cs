using System.CommandLine;
using System.Text.Json.Nodes;
using Rollouts.Cli.Clusters;
using Rollouts.Cli.Running;
using Rollouts.Cli.Viewing;
using Rollouts.Model;

namespace Rollouts.Cli.Waiting;

/// <summary>For pipelines: ends when a release has, and says by its exit code how.</summary>
internal static class WaitCommand
{
    public const string Name = "wait";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static Command Make(Terminal terminal)
    {
        var name = CanaryName.Required();
        var goal = new Option<Goal>("--for") { Description = "What is waited for.", HelpName = "promoted|paused", Required = true };
        var through = new Option<bool>("--through-pauses") { Description = "With --for promoted: go on waiting while the run waits for a person." };
        var timeout = DurationOption.Make("--timeout", "How long at most.", TimeSpan.FromMinutes(10));
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<TimeSpan>() > Longest)
                result.AddError("--timeout takes at most 720h");
        });
        var output = OutputOption.Make(OutputFormat.Table, OutputFormat.Json, OutputFormat.Yaml);
        var cluster = new ClusterOptions();
        var command = new Command(Name, "Wait until the revision that the target holds is promoted, or its run waits for a person.")
        {
            name, goal, through, timeout, output,
        };
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = cluster.Open(parsed, terminal);
            var wait = new Wait(terminal, session, parsed.GetRequiredValue(name), parsed.GetValue(goal), parsed.GetValue(through));
            var ending = await wait.EndAsync(parsed.GetValue(timeout), cancellation);
            terminal.Out.Show(
                parsed.GetValue(output), Json(wait, session, ending), () => terminal.Out.Line($"canary/{wait.Name} {ending.Word}: {ending.Sentence}"));
            return ending.CodeFor(wait.Goal);
        });
        return command;
    }

    private static JsonObject Json(Wait wait, ClusterSession session, Ending ending) => new()
    {
        ["canary"] = wait.Name,
        ["namespace"] = session.Namespace,
        ["result"] = ending.Word,
        ["exitCode"] = ending.CodeFor(wait.Goal),
        ["revision"] = wait.Pursuit.Revision,
        ["run"] = wait.Pursuit.Run,
        ["message"] = ending.Sentence,
    };
}
