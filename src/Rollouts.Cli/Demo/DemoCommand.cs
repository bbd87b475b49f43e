using System.CommandLine;
using Rollouts.Cli.Clusters;
using Rollouts.Cli.Running;

namespace Rollouts.Cli.Demo;

/// <summary>Real releases going through real traffic, in one process.</summary>
internal static class DemoCommand
{
    private const string Opening = "istio-canary";
    private const string OpeningVersion = "6.0.0";

    public static Command Make(Terminal terminal)
    {
        var kubeconfig = KubeconfigOption.ToWrite();
        var json = new Option<string?>("--json") { Description = "Write what happened to a file: acts, phases with times, splits, verdicts, requests, failures.", HelpName = "FILE" };
        var seed = new Option<int>("--seed") { Description = "Of everything left to chance: names, which request goes where, which fails.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var rate = Whole("--rate", "Requests per second that users send.", 100, 20, 2000);
        var errors = Whole("--error-rate", "Percent of the requests that the release of act b answers with 500; with 0 it is a good one, and the demo fails.", 40, 0, 100);

        var command = new Command("demo", "Play four releases through real traffic: a good one, one that answers 5xx, a slow one, and one promoted by hand.")
        {
            kubeconfig, json, seed, rate, errors,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            terminal,
            new DemoOptions(parsed.GetValue(kubeconfig), parsed.GetValue(json), parsed.GetValue(seed), parsed.GetValue(rate), parsed.GetValue(errors)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, DemoOptions options, CancellationToken cancellation)
    {
        // A path that cannot be written is said now, and not after the last act.
        if (options.JsonPath is { } path)
            await File.WriteAllTextAsync(path, "", cancellation);
        using var place = KubeconfigPlace.At(options.Kubeconfig);
        var (started, timestamp) = (terminal.Time.GetUtcNow(), terminal.Time.GetTimestamp());
        await using var stage = await Stage.StartAsync(place.Path, options.Seed, terminal.Time, cancellation);
        Greet(terminal, place.Path, stage);

        var acts = Act.All(options);
        List<ActReport> played = [];
        IDemoView view = terminal.Out.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? new LiveView(terminal.Out, stage.Load, terminal.Time)
            : new LineView(terminal.Out, terminal.Time);
        var player = new Player(stage, view, terminal.Time);
        await view.DuringAsync(async () =>
        {
            await player.OpenAsync(Opening, OpeningVersion, options.Rate, cancellation);
            foreach (var act in acts)
            {
                var report = await player.PlayAsync(act, cancellation);
                played.Add(report);
                view.Tell(report.Sentence);
                // What comes after rests on how this one ended.
                if (!report.Ok)
                    break;
            }
        });

        var whole = new DemoReport(started, terminal.Time.GetElapsedTime(timestamp), played, acts.Count);
        if (options.JsonPath is { } file)
            await File.WriteAllTextAsync(file, whole.ToJson(), cancellation);
        if (!whole.Ok)
            throw new Trouble(played[^1].Sentence);
        terminal.Out.Line($"All {acts.Count} acts ended as they should, in {whole.Took.TotalSeconds:0} s.");
        return ExitCode.Ok;
    }

    private static void Greet(Terminal terminal, string kubeconfig, Stage stage) => terminal.Out.Line($"""
        A cluster with a mesh, Prometheus, the controller and users, all in this process. To look on from a second terminal:
          export KUBECONFIG={kubeconfig}
          kubectl get canaries --watch
          kubectl get deployments,pods
          kubectl describe canary podinfo
          curl -H 'Host: podinfo' {stage.Mesh}
        Prometheus: {stage.Prometheus}

        """);

    private static Option<int> Whole(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number && (number < least || number > most))
                result.AddError($"{name} takes a whole number from {least} to {most}");
        });
        return option;
    }
}
