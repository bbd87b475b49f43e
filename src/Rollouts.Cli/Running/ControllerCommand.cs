using System.CommandLine;
using k8s;
using Microsoft.Extensions.Logging;
using Rollouts.Cli.Clusters;
using Rollouts.Controller;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Cli.Running;

/// <summary>The controller, on any cluster.</summary>
internal static class ControllerCommand
{
    private const string EventWebhookVariable = "EVENT_WEBHOOK_URL";

    private static readonly string[] Meshes = ["istio"];

    public static Command Make(Terminal terminal)
    {
        var defaults = new ControllerOptions();
        var kubeconfig = KubeconfigOption.ToRead();
        var metrics = new Option<string>("--metrics-server") { Description = "The Prometheus that is asked where a Canary names none.", HelpName = "URL", DefaultValueFactory = _ => defaults.MetricsServer };
        metrics.Validators.Add(result =>
        {
            if (!IsWeb(result.GetValueOrDefault<string>()))
                result.AddError($"--metrics-server takes an http or https URL, as in {defaults.MetricsServer}");
        });
        var mesh = new Option<string>("--mesh-provider") { Description = "The mesh of Canaries that name no provider.", HelpName = string.Join('|', Meshes), DefaultValueFactory = _ => defaults.MeshProvider };
        mesh.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } named && !Meshes.Contains(named))
                result.AddError($"--mesh-provider {named} is not known; known are: {string.Join(", ", Meshes)}");
        });
        var events = new Option<string?>("--event-webhook") { Description = $"Told every event of the Canaries that have no event hook of their own. Default: {EventWebhookVariable}, else nobody.", HelpName = "URL" };
        events.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } named && !IsWeb(named))
                result.AddError("--event-webhook takes an http or https URL, as in http://receiver.example.com/events");
        });
        var selectors = WordsOption.Make("--selector-labels", "Labels of which a target's selector has to have one, by which its pods are told from the primary's.", defaults.SelectorLabels);
        var prefixes = WordsOption.Make("--include-label-prefix", "Prefixes of the target's labels and annotations that the primary gets too; * for all.", defaults.IncludeLabelPrefixes);
        var configs = new Option<bool>("--enable-config-tracking") { Description = "Release changes of the ConfigMaps and Secrets of a target step by step too, which needs to read them.", HelpName = "true|false", DefaultValueFactory = _ => defaults.EnableConfigTracking };
        var ns = new Option<string?>("--namespace", "-n") { Description = "Work on the Canaries of this namespace only. Default: all.", HelpName = "NS" };
        var port = PortOption.Make("--port", "Port of /metrics, /healthz and /readyz; 0 takes a free one.", defaults.Port);
        var address = new Option<string?>("--bind-address") { Description = "Address of that port. Default: 0.0.0.0 in a pod, else 127.0.0.1.", HelpName = "IP" };
        var group = new Option<string>("--api-group") { Description = "The group of the Canaries: rollouts.dev, or flagger.app to take over from Flagger.", HelpName = "G", DefaultValueFactory = _ => defaults.ApiGroup };
        var lease = new Option<string?>("--lease-namespace") { Description = "Where the Lease is, by which one of several controllers leads. Default: the pod's namespace, else the kubeconfig's.", HelpName = "NS" };
        var format = new Option<LogFormat>("--log-format") { Description = "How logs are written to standard error: lines of text or of JSON.", HelpName = "text|json", DefaultValueFactory = _ => LogFormat.Text };

        var command = new Command("controller", "Run the controller until Ctrl-C: in a pod with its service account, else with a kubeconfig.")
        {
            kubeconfig, metrics, mesh, selectors, prefixes, configs, events, ns, port, address, group, lease, format,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            terminal,
            parsed.GetValue(kubeconfig),
            defaults with
            {
                MetricsServer = parsed.GetRequiredValue(metrics),
                MeshProvider = parsed.GetRequiredValue(mesh),
                EventWebhook = parsed.GetValue(events) ?? EventWebhookOfEnvironment(),
                SelectorLabels = parsed.GetRequiredValue(selectors),
                IncludeLabelPrefixes = parsed.GetRequiredValue(prefixes),
                EnableConfigTracking = parsed.GetValue(configs),
                Namespace = parsed.GetValue(ns),
                Port = parsed.GetValue(port),
                ApiGroup = parsed.GetRequiredValue(group),
                LeaseNamespace = parsed.GetValue(lease),
                BindAddress = parsed.GetValue(address) ?? (KubernetesClientConfiguration.IsInCluster() ? "0.0.0.0" : defaults.BindAddress),
            },
            parsed.GetValue(format),
            cancellation));
        return command;
    }

    // Not the option's default, which the help page would show: such a URL often holds a token.
    private static string? EventWebhookOfEnvironment() => Environment.GetEnvironmentVariable(EventWebhookVariable) switch
    {
        null or "" => null,
        var url when IsWeb(url) => url,
        _ => throw new Trouble($"the environment variable {EventWebhookVariable} is not an http or https URL", "set it to one, or take it away"),
    };

    private static bool IsWeb(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static async Task<int> RunAsync(
        Terminal terminal, string? kubeconfig, ControllerOptions options, LogFormat format, CancellationToken cancellation)
    {
        void Logging(ILoggingBuilder logging) => logging.AddLines(format, terminal.Error.Profile.Capabilities.Ansi);
        using var loggers = LoggerFactory.Create(Logging);
        using var client = new ClusterClientFactory(new ClusterClientOptions(), terminal.Time, loggers).Create(kubeconfig);
        await Definitions.CheckAsync(client, options.ApiGroup, options.Namespace, cancellation);

        await using var host = ControllerHost.Create(
            options with { LeaseNamespace = options.LeaseNamespace ?? client.DefaultNamespace }, client, terminal.Time, Logging);
        await StartAsync(host, options, cancellation);
        terminal.Out.Line($"cluster: {client.Server}");
        terminal.Out.Line($"url: {host.Url}");
        await host.WaitForShutdownAsync(cancellation);
        return cancellation.IsCancellationRequested ? ExitCode.Ok : throw new Trouble("the controller stopped by itself; its logs say why");
    }

    private static async Task StartAsync(ControllerHost host, ControllerOptions options, CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (IOException taken)
        {
            throw new Trouble($"cannot listen on {options.BindAddress}:{options.Port}: {taken.Message}", "choose another --port, or 0 for a free one");
        }
    }
}
