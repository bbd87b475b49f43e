using System.CommandLine;
using System.Text.Json.Nodes;
using Rollouts.Cli.Viewing;

namespace Rollouts.Cli.Linting;

/// <summary>For editors and pipelines: what a cluster or the controller would refuse, before it is applied.</summary>
internal static class LintCommand
{
    public const string Name = "lint";

    public static Command Make(Terminal terminal)
    {
        var files = new Option<string[]>("--filename", "-f")
        {
            Description = "A file of YAML or JSON, a folder of such files, or - for what is piped in.",
            HelpName = "FILE",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "Folders with all that is below them." };
        var strict = new Option<bool>("--strict") { Description = "Take warnings for errors." };
        var output = OutputOption.Make(OutputFormat.Table, OutputFormat.Json, OutputFormat.Yaml);
        var command = new Command(Name, "Find everything that is wrong with the Canaries in some files, without a cluster.") { files, recursive, strict, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            var sources = await Sources.ReadAsync(parsed.GetRequiredValue(files), parsed.GetValue(recursive), terminal.In, cancellation);
            var report = Linter.Check(sources);
            var found = parsed.GetValue(strict) ? [.. report.Findings.Select(finding => finding with { Severity = Severity.Error })] : report.Findings;
            terminal.Out.Show(parsed.GetValue(output), new JsonArray([.. found.Select(Json)]), () => Lines(terminal, found));
            terminal.Error.Line(Summary(report, found));
            return found.Any(finding => finding.Severity == Severity.Error) ? ExitCode.Failed : ExitCode.Ok;
        });
        return command;
    }

    private static void Lines(Terminal terminal, IReadOnlyList<Finding> found)
    {
        foreach (var finding in found)
            terminal.Out.Line(finding.ToString());
    }

    private static string Summary(LintReport report, IReadOnlyList<Finding> found)
    {
        var errors = found.Count(finding => finding.Severity == Severity.Error);
        return $"{Count(report.Canaries, "Canary", "Canaries")} in {Count(report.Files, "file")}: {Count(errors, "error")}, {Count(found.Count - errors, "warning")}"
            + (report.Others == 0 ? "" : $"; {Count(report.Others, "document")} of other kinds not looked into");
    }

    private static string Count(int number, string one, string? many = null) => $"{number} {(number == 1 ? one : many ?? $"{one}s")}";

    private static JsonNode Json(Finding finding) => new JsonObject
    {
        ["file"] = finding.File,
        ["line"] = finding.Line,
        ["path"] = finding.Path,
        ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
        ["message"] = finding.Message,
    };
}
