using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Controller;
using Rollouts.Core.Controls;
using Rollouts.Cli.Controls;
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

    private readonly Rollouts.Sandbox.Sandbox sandbox;
    private readonly ClusterClient client;
    private readonly ControllerHost controller;

    private Stage(Rollouts.Sandbox.Sandbox sandbox, ClusterClient client, ControllerHost controller, LoadGenerator load)
    {
        this.sandbox = sandbox;
        this.client = client;
        this.controller = controller;
        Load = load;
    }

    public LoadGenerator Load { get; }

    public Uri Api => sandbox.ApiUrl;

    public Uri Mesh => sandbox.MeshUrl;

    public Uri Prometheus => sandbox.PrometheusUrl;

    public static async Task<Stage> StartAsync(string kubeconfig, int seed, TimeProvider time, CancellationToken cancellation)
    {
        var sandbox = await Rollouts.Sandbox.Sandbox.StartAsync(
            new SandboxOptions { KubeconfigPath = kubeconfig, CustomResourceDefinitions = [CanaryDefinition.Generate()], Seed = seed, TimeProvider = time },
            cancellation);
        var client = new ClusterClientFactory(new ClusterClientOptions { FieldManager = FieldManager }, time, NullLoggerFactory.Instance).FromKubeconfig(kubeconfig);
        var controllersOwn = new ClusterClientFactory(new ClusterClientOptions(), time, NullLoggerFactory.Instance).FromKubeconfig(kubeconfig);
        var controller = ControllerHost.Create(new ControllerOptions { MetricsServer = sandbox.PrometheusUrl.ToString(), Port = 0 }, controllersOwn, time);
        await controller.StartAsync(cancellation);
        // Users come once there is something for them.
        var load = LoadGenerator.Start(new LoadOptions { Target = sandbox.MeshUrl, Host = "podinfo", Rate = 0, Seed = seed, TimeProvider = time });
        return new Stage(sandbox, client, controller, load);
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
        client.Dispose();
        await sandbox.DisposeAsync();
    }
}
