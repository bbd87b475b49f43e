using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Cli.Demo;
using Rollouts.Controller;
using Rollouts.Core.Revisions;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Definition;
using Rollouts.Model.Status;
using Rollouts.Sandbox;
using Rollouts.Sandbox.ApiServer;

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
    public static async Task<CliWorld> StartAsync(bool definitions = true)
    {
        var folder = Directory.CreateTempSubdirectory("rollouts-test-").FullName;
        var sandbox = await Sandbox.Sandbox.StartAsync(
            new SandboxOptions
            {
                KubeconfigPath = Path.Combine(folder, "kubeconfig"),
                ReadyAfter = TimeSpan.Zero,
                CustomResourceDefinitions = definitions ? [CanaryDefinition.Generate()] : [],
            },
            CancellationToken.None);
        return new CliWorld(folder, sandbox);
    }

    /// <summary>With a controller, and the Canary podinfo of samples/istio-canary initialized.</summary>
    public static async Task<CliWorld> WithControllerAsync()
    {
        var world = await StartAsync();
        world.client = new ClusterClientFactory(new ClusterClientOptions(), TimeProvider.System, NullLoggerFactory.Instance).FromKubeconfig(world.Kubeconfig);
        world.controller = ControllerHost.Create(
            new ControllerOptions { MetricsServer = world.sandbox.PrometheusUrl.ToString(), Port = 0 }, world.client, TimeProvider.System);
        await world.controller.StartAsync(CancellationToken.None);
        await world.ApplyAsync();
        await world.UntilAsync(status => status.Phase == Phase.Initialized);
        return world;
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
        if (controller is not null)
            await controller.DisposeAsync();
        client?.Dispose();
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
