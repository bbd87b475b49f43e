using System.CommandLine;
using Rollouts.Cli.Clusters;
using Rollouts.Model.Definition;
using Rollouts.Sandbox;
using Rollouts.Sandbox.Traffic;

namespace Rollouts.Cli.Running;

/// <summary>The embedded cluster alone. What it prints is for scripts: a name, a colon and a value on each line, <c>ready</c> last.</summary>
internal static class SandboxCommand
{
    private sealed record Load(double Rate, string Host);

    public static Command Make(Terminal terminal)
    {
        var port = PortOption.Make("--port", "Port of the Kubernetes API; 0 takes a free one.");
        var meshPort = PortOption.Make("--mesh-port", "Port where requests to the services enter, told apart by their Host header; 0 takes a free one.");
        var prometheusPort = PortOption.Make("--prometheus-port", "Port of Prometheus; 0 takes a free one.");
        var prometheus = PrometheusOption();
        var readyAfter = DurationOption.Make("--ready-after", "How long after its start a pod becomes ready.", TimeSpan.FromSeconds(1));
        var kubeconfig = KubeconfigOption.ToWrite();
        var rate = new Option<double>("--load") { Description = "Requests per second that are sent through the mesh, as users would.", HelpName = "N", DefaultValueFactory = _ => 0 };
        rate.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is >= 0 and <= 10_000))
                result.AddError("--load takes 0 to 10000 requests per second");
        });
        var host = new Option<string>("--load-host") { Description = "The service that --load is for.", HelpName = "HOST", DefaultValueFactory = _ => "podinfo" };
        var seed = new Option<int>("--seed") { Description = "Of everything left to chance: names, which request goes where, which fails.", HelpName = "N", DefaultValueFactory = _ => 1 };

        var command = new Command("sandbox", "Run an embedded cluster with a mesh and Prometheus until Ctrl-C: for trying out and for tests, never for production.")
        {
            port, meshPort, prometheusPort, prometheus, readyAfter, kubeconfig, rate, host, seed,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            terminal,
            new SandboxOptions
            {
                ApiPort = parsed.GetValue(port),
                MeshPort = parsed.GetValue(meshPort),
                PrometheusPort = parsed.GetValue(prometheusPort),
                Prometheus = parsed.GetValue(prometheus),
                ReadyAfter = parsed.GetValue(readyAfter),
                CustomResourceDefinitions = [CanaryDefinition.Generate()],
                Seed = parsed.GetValue(seed),
                TimeProvider = terminal.Time,
            },
            parsed.GetValue(kubeconfig),
            new Load(parsed.GetValue(rate), parsed.GetRequiredValue(host)),
            cancellation));
        return command;
    }

    private static Option<PrometheusKind> PrometheusOption() => new("--prometheus")
    {
        Description = "embedded: the small one within the process; real: an installed prometheus, started beside it.",
        HelpName = "embedded|real",
        DefaultValueFactory = _ => PrometheusKind.Embedded,
    };

    private static async Task<int> RunAsync(Terminal terminal, SandboxOptions options, string? kubeconfig, Load load, CancellationToken cancellation)
    {
        using var place = KubeconfigPlace.At(kubeconfig);
        await using var sandbox = await StartAsync(options with { KubeconfigPath = place.Path }, cancellation);
        await using var traffic = LoadGenerator.Start(new LoadOptions { Target = sandbox.MeshUrl, Host = load.Host, Rate = load.Rate, TimeProvider = options.TimeProvider });

        terminal.Out.Line($"kubeconfig: {place.Path}");
        terminal.Out.Line($"api: {sandbox.ApiUrl}");
        terminal.Out.Line($"mesh: {sandbox.MeshUrl}");
        terminal.Out.Line($"mesh-metrics: {sandbox.MeshMetricsUrl}");
        terminal.Out.Line($"prometheus: {sandbox.PrometheusUrl}");
        terminal.Out.Line("ready: true");
        terminal.Error.Line(load.Rate > 0
            ? $"\nUsers send {load.Rate:0.##} requests/s to {load.Host}."
            : "\nNobody sends requests, and a release without any is held for want of data: start this with --load 50.");
        terminal.Error.Line($"""
            In a second terminal:
              export KUBECONFIG={place.Path}
              rollouts controller --metrics-server {sandbox.PrometheusUrl}
            and in a third, with the same KUBECONFIG:
              kubectl apply -f samples/istio-canary
              curl -H 'Host: podinfo' {sandbox.MeshUrl}
            Ctrl-C ends it; nothing is kept.
            """);
        await Stopping.WaitAsync(cancellation);
        return ExitCode.Ok;
    }

    private static async Task<Sandbox.Sandbox> StartAsync(SandboxOptions options, CancellationToken cancellation)
    {
        try
        {
            return await Sandbox.Sandbox.StartAsync(options, cancellation);
        }
        catch (InvalidOperationException refusal)
        {
            throw new Trouble(refusal.Message);
        }
        catch (IOException taken)
        {
            throw new Trouble(taken.Message, "choose other ports, or 0 for free ones");
        }
    }
}
