using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Cli.Linting;
using Rollouts.Cli.Viewing;
using Rollouts.Kubernetes.Reading;
using Rollouts.Simulation.Releasing;

namespace Rollouts.Cli.Simulating;

/// <summary>What would become of a release, without a cluster: the decisions of the controller over invented traffic.</summary>
internal static class SimulateCommand
{
    public const string Name = "simulate";

    public static Command Make(Terminal terminal)
    {
        var file = new Option<string>("--filename", "-f")
        {
            Description = "The Canary, and beside it its target if it is there: a file of YAML or JSON, or - for what is piped in.",
            HelpName = "FILE",
            Required = true,
        };
        var errors = Number("--canary-error-rate", "Percent of the candidate's requests that fail.", "PERCENT", "%", 0.1, 0, 100);
        var latency = Number("--canary-latency", "How many times as long as the primary the candidate takes.", "FACTOR", "x", 1, 0.01, 1000);
        var matched = Number("--match-share", "Percent of the requests that the match of an A/B run means.", "PERCENT", "%", 10, 0, 100);
        var rate = Number("--rps", "Requests per second that users send.", "N", "", 100, 0, 10_000);
        var seed = new Option<long>("--seed") { Description = "Of everything left to chance.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var start = new Option<DateTimeOffset?>("--start") { Description = "When the new version is pushed, for windows and freezes; default: now.", HelpName = "TIME" };
        var approve = new Option<bool>("--approve") { Description = "Say yes wherever a person is waited for." };
        var gates = new Option<string[]>("--gate") { Description = "What a webhook answers. The others say yes, and those of type rollback no.", HelpName = "NAME=yes|no" };
        var output = OutputOption.Make(OutputFormat.Table, OutputFormat.Json);
        var command = new Command(Name, "Play a release of a Canary over invented traffic, without a cluster and in no time.")
        {
            file, errors, latency, matched, rate, seed, start, approve, gates, output,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var sources = await Sources.ReadAsync([parsed.GetRequiredValue(file)], recursive: false, terminal.In, cancellation);
            if (Read(terminal, sources) is not { } manifests)
                return ExitCode.Failed;
            var report = Release.Play(new ReleaseRequest(manifests.Canary, manifests.Target, parsed.GetValue(start) ?? terminal.Time.GetUtcNow())
            {
                RequestsPerSecond = (int)parsed.GetValue(rate),
                CandidateErrorRate = parsed.GetValue(errors) / 100,
                CandidateLatency = parsed.GetValue(latency),
                MatchShare = parsed.GetValue(matched) / 100,
                Seed = parsed.GetValue(seed),
                Approve = parsed.GetValue(approve),
                Gates = Answers(parsed.GetValue(gates) ?? [], manifests.Canary),
            });
            terminal.Out.Show(parsed.GetValue(output), ReleasePage.Json(report), () => ReleasePage.Write(terminal.Out, report));
            return report.Ending switch
            {
                ReleaseEnding.Promoted => ExitCode.Ok,
                ReleaseEnding.RolledBack => ExitCode.RolledBack,
                ReleaseEnding.Waits => ExitCode.Paused,
            };
        });
        return command;
    }

    /// <summary>The one Canary and its target; null: there are errors, and they were told.</summary>
    private static (JsonObject Canary, JsonObject? Target)? Read(Terminal terminal, IReadOnlyList<SourceFile> sources)
    {
        var errors = Linter.Check(sources).Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        foreach (var error in errors)
            terminal.Error.Line(error.ToString());
        if (errors.Count > 0)
            return null;
        var manifests = Linter.Manifests(sources);
        if (manifests.Where(CanaryLint.IsCanary).ToList() is not [var canary])
            throw new Trouble($"one Canary can be simulated, and there are {manifests.Count(CanaryLint.IsCanary)}", "name a file with one");
        var target = manifests.FirstOrDefault(manifest => manifest.Kind == canary.Json.Text("spec", "targetRef", "kind")
            && manifest.Json.Text("metadata", "name") == canary.Json.Text("spec", "targetRef", "name"));
        return (canary.Json, target?.Json);
    }

    private static Dictionary<string, bool> Answers(string[] gates, JsonObject canary)
    {
        var known = canary.Items("spec", "analysis", "webhooks").Select(hook => hook.Text("name")).OfType<string>().ToList();
        var answers = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var gate in gates)
        {
            if (gate.Split('=') is not [var name, "yes" or "no"] || !known.Contains(name))
                throw new Trouble($"'{gate}' is no answer of a webhook", $"write NAME=yes or NAME=no; webhooks of this Canary: {(known.Count == 0 ? "none" : string.Join(", ", known))}");
            answers[name] = gate.EndsWith("=yes", StringComparison.Ordinal);
        }
        return answers;
    }

    private static Option<double> Number(string name, string description, string help, string unit, double usual, double least, double most) => new(name)
    {
        Description = description,
        HelpName = help,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            var bare = unit.Length > 0 && text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length] : text;
            if (double.TryParse(bare, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no value of {name}: write a number from {least} to {most}{(unit.Length == 0 ? "" : $", as in 2{unit}")}"));
            return usual;
        },
    };
}
