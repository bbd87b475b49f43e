using System.CommandLine;
using Rollouts.Cli.Clusters;
using Rollouts.Cli.Viewing;

namespace Rollouts.Cli;

internal static class DescribeCommand
{
    public static Command Make(Terminal terminal)
    {
        var name = KindAndName.Required();
        var cluster = new ClusterOptions();
        var command = new Command("describe", "Show what a Canary is doing and why, what it did before, and what can be done now.");
        name.AddTo(command);
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = cluster.Open(parsed, terminal);
            var canary = await session.CanaryAsync(name.RequiredIn(parsed), cancellation);
            new CanaryPage(terminal.Out, canary, terminal.Time.GetUtcNow()).Write();
            return ExitCode.Ok;
        });
        return command;
    }
}
