using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Cli.Demo;
using Rollouts.Cli.Linting;
using Rollouts.Controller;
using Rollouts.Core.Revisions;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Definition;
using Rollouts.Model.Status;
using Rollouts.Sandbox;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Injecting;
using Rollouts.TestKit;

namespace Rollouts.Cli.Tests.World;

/// <summary>A sandbox without users, so that a run holds at its first step for want of data until somebody decides.</summary>
internal sealed class CliWorld : IAsyncDisposable
{
    private static readonly ResourceKind Canaries = new("rollouts.dev", "v1beta1", "canaries", "Canary", true);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder;
    private readonly Sandbox.Sandbox sandbox;
    private ControllerHost? controller;
    private ClusterClient? client;

    private CliWorld(string folder, Sandbox.Sandbox sandbox)
    {
        this.folder = folder;
        this.sandbox = sandbox;
    }

    public string Kubeconfig => Path.Combine(folder, "kubeconfig");

    public ICluster Cluster => sandbox.Cluster;

    public Uri Api => sandbox.ApiUrl;

    /// <param name="definitions">Whether the Canary CRD is installed.</param>
    public static async Task<CliWorld> StartAsync(bool definitions = true, IRequestFaults? faults = null)
    {
        var folder = Directory.CreateTempSubdirectory("rollouts-test-").FullName;
        var sandbox = await Sandbox.Sandbox.StartAsync(
            new SandboxOptions
            {
                KubeconfigPath = Path.Combine(folder, "kubeconfig"),
                ReadyAfter = TimeSpan.Zero,
                Faults = faults,
                CustomResourceDefinitions = definitions ? [CanaryDefinition.Generate()] : [],
            },
            CancellationToken.None);
        return new CliWorld(folder, sandbox);
    }

    /// <summary>With a controller, and the Canary podinfo of samples/istio-canary initialized.</summary>
    public static async Task<CliWorld> WithControllerAsync()
    {
        var world = await StartAsync();
        await world.StartControllerAsync();
        await world.ApplyAsync();
        await world.UntilAsync(status => status.Phase == Phase.Initialized);
        return world;
    }

    public async Task StartControllerAsync()
    {
        client = new ClusterClientFactory(new ClusterClientOptions(), TimeProvider.System, NullLoggerFactory.Instance).FromKubeconfig(Kubeconfig);
        controller = ControllerHost.Create(new ControllerOptions { MetricsServer = sandbox.PrometheusUrl.ToString(), Port = 0 }, client, TimeProvider.System);
        await controller.StartAsync(CancellationToken.None);
    }

    public async Task StopControllerAsync()
    {
        await (controller?.DisposeAsync() ?? ValueTask.CompletedTask);
        controller = null;
    }

    /// <summary>Creates every object of a folder of samples/.</summary>
    public void Create(string sample)
    {
        ResourceKind[] kinds = [Canaries, Kinds.Deployments, Kinds.DaemonSets, Kinds.Services, Kinds.ConfigMaps];
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "samples", sample), "*.yaml").Select(file => new SourceFile(file, File.ReadAllText(file)));
        foreach (var manifest in Linter.Manifests([.. files]))
            Cluster.Create(kinds.Single(kind => kind.Kind == manifest.Kind), manifest.Json);
    }

    public async Task ApplyAsync()
    {
        await Samples.ApplyDeploymentAsync(sandbox.ApiUrl, "istio-canary", CancellationToken.None);
        await Samples.ApplyCanaryAsync(sandbox.ApiUrl, "istio-canary", CancellationToken.None);
    }

    /// <summary>Runs a command on this cluster.</summary>
    public Task<Answer> RunAsync(params string[] args) => Shell.RunAsync([.. args, "--kubeconfig", Kubeconfig]);

    public JsonObject Canary() => Cluster.Get(Canaries, "default", "podinfo") ?? throw new InvalidOperationException("There is no Canary podinfo.");

    public CanaryStatus Status() => CanaryStatus.Parse(Canary()["status"]);

    /// <summary>Writes a status as a controller would.</summary>
    public void SetStatus(CanaryStatus status)
    {
        var canary = Canary();
        canary["status"] = status.ToJson();
        Cluster.Update(Canaries, canary, "status");
    }

    /// <summary>Sets fields of the Canary's spec.</summary>
    /// <param name="fields">A JSON object.</param>
    public void ChangeSpec(string fields)
    {
        var canary = Canary();
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
            canary["spec"]![name] = value?.DeepClone();
        Cluster.Update(Canaries, canary);
    }

    /// <summary>Releases a revision and waits until it has its first share of the traffic.</summary>
    public async Task<CanaryStatus> ReleaseAsync(string version)
    {
        Push(version);
        return await UntilAsync(status => status is { Phase: Phase.Progressing, Run.Step: 1 });
    }

    /// <summary>Sets the target's image, as <c>kubectl set image</c> does.</summary>
    /// <returns>The revision that the target then holds.</returns>
    public string Push(string version)
    {
        var deployment = Cluster.Get(Kinds.Deployments, "default", "podinfo") ?? throw new InvalidOperationException("There is no Deployment podinfo.");
        deployment["metadata"]!.AsObject().Remove("resourceVersion");
        deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = $"podinfo:{version}";
        return Revision.Of(Cluster.Update(Kinds.Deployments, deployment)["spec"]!["template"]!);
    }

    public async Task<CanaryStatus> UntilAsync(Func<CanaryStatus, bool> wish)
    {
        using var limit = new CancellationTokenSource(Patience);
        var last = CanaryStatus.None;
        try
        {
            await foreach (var change in Cluster.WatchAsync(Canaries, limit.Token))
            {
                last = CanaryStatus.Parse(change.Object["status"]);
                if (wish(last))
                    return last;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what was seen last.
        }
        throw new TimeoutException($"The Canary is {last.Phase}: {last.Message}");
    }

    public async ValueTask DisposeAsync()
    {
        await StopControllerAsync();
        client?.Dispose();
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
