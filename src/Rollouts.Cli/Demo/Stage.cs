using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Cli.Controls;
using Rollouts.Controller;
using Rollouts.Core.Controls;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Definition;
using Rollouts.Model.Status;
using Rollouts.Sandbox;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Traffic;

namespace Rollouts.Cli.Demo;

/// <summary>Everything in one process: the sandbox, the controller, users who send requests, and one who releases.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string FieldManager = "rollouts-demo";

    private static readonly ResourceType Deployments = new("apps", "v1", "deployments", "Deployment");
    private static readonly ResourceKey Podinfo = new("default", "podinfo");
    private static readonly ResourceKind Canaries =
        new(CanaryDefinition.Group, CanaryDefinition.Version, CanaryDefinition.Plural, CanaryDefinition.Kind, true);

    private readonly Sandbox.Sandbox sandbox;
    private readonly ClusterClient client;
    private readonly ClusterClient controllersOwn;
    private readonly ControllerHost controller;

    private Stage(Sandbox.Sandbox sandbox, string kubeconfig, int seed, TimeProvider time)
    {
        this.sandbox = sandbox;
        client = Client(FieldManager);
        controllersOwn = Client(new ClusterClientOptions().FieldManager);
        controller = ControllerHost.Create(new ControllerOptions { MetricsServer = sandbox.PrometheusUrl.ToString(), Port = 0 }, controllersOwn, time);
        // Users come once there is something for them.
        Load = LoadGenerator.Start(new LoadOptions { Target = sandbox.MeshUrl, Host = "podinfo", Rate = 0, Seed = seed, TimeProvider = time });

        ClusterClient Client(string manager) =>
            new ClusterClientFactory(new ClusterClientOptions { FieldManager = manager }, time, NullLoggerFactory.Instance).FromKubeconfig(kubeconfig);
    }

    public LoadGenerator Load { get; }

    public Uri Api => sandbox.ApiUrl;

    public Uri Mesh => sandbox.MeshUrl;

    public Uri Prometheus => sandbox.PrometheusUrl;

    public static async Task<Stage> StartAsync(string kubeconfig, int seed, TimeProvider time, CancellationToken cancellation)
    {
        var sandbox = await Sandbox.Sandbox.StartAsync(
            new SandboxOptions { KubeconfigPath = kubeconfig, CustomResourceDefinitions = [CanaryDefinition.Generate()], Seed = seed, TimeProvider = time },
            cancellation);
        var stage = new Stage(sandbox, kubeconfig, seed, time);
        try
        {
            await stage.controller.StartAsync(cancellation);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>The Canary's status as it is, and every change of it.</summary>
    public async IAsyncEnumerable<CanaryStatus> StatusesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var change in sandbox.Cluster.WatchAsync(Canaries, cancellation))
        {
            if (change.Object.Name == Podinfo.Name)
                yield return CanaryStatus.Parse(change.Object["status"]);
        }
    }

    public Task ReleaseAsync(Act act, CancellationToken cancellation) =>
        client.PatchAsync(Deployments, Podinfo, new ObjectPatch(PatchKind.Strategic, act.Change()), null, cancellation);

    public Task PromoteAsync(string revision, DateTimeOffset now, CancellationToken cancellation) => client.PatchAsync(
        Definitions.Canaries(),
        Podinfo,
        ControlText.Patch(ControlKind.Promote, ControlText.Value(revision, false, "the demo's operator", now, "looks good")),
        null,
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await controller.StopAsync(CancellationToken.None);
        await controller.DisposeAsync();
        controllersOwn.Dispose();
        client.Dispose();
        await sandbox.DisposeAsync();
    }
}
