using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using Rollouts.Cli.Viewing;

namespace Rollouts.Cli;

internal static class VersionCommand
{
    public static Command Make(Terminal terminal)
    {
        var output = OutputOption.Make(OutputFormat.Json, OutputFormat.Yaml);
        var command = new Command("version", "Show the version of this command.") { output };
        command.SetAction(parsed =>
        {
            var (version, commit) = Parse();
            terminal.Out.Show(
                parsed.GetValue(output),
                new JsonObject { ["version"] = version, ["commit"] = commit, ["runtime"] = $".NET {Environment.Version}" },
                () => terminal.Out.Line($"rollouts {version}{(commit.Length == 0 ? "" : $" ({commit[..Math.Min(10, commit.Length)]})")}"));
            return ExitCode.Ok;
        });
        return command;
    }

    // The SDK writes "0.1.0+<commit>" where it builds from a clone.
    private static (string Version, string Commit) Parse()
    {
        var text = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var parts = text.Split('+', 2);
        return (parts[0], parts.ElementAtOrDefault(1) ?? "");
    }
}
