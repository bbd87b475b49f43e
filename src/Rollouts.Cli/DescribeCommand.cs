using System.CommandLine;
using Rollouts.Cli.Clusters;
using Rollouts.Cli.Viewing;

namespace Rollouts.Cli;

internal static class DescribeCommand
{
    public static Command Make(Terminal terminal)
    {
        var name = CanaryName.Required();
        var cluster = new ClusterOptions();
        var command = new Command("canary", "Show what a Canary is doing and why, what it did before, and what can be done now.") { name };
        command.Aliases.Add("canaries");
        command.Aliases.Add("cn");
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = cluster.Open(parsed, terminal);
            var canary = await session.CanaryAsync(parsed.GetRequiredValue(name), cancellation);
            new CanaryPage(terminal.Out, canary, terminal.Time.GetUtcNow()).Write();
            return ExitCode.Ok;
        });
        return new Command("describe", "Show one Canary on a page.") { command };
    }
}
