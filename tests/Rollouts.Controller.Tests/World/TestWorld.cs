using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.World;

/// <summary>One namespace, in which the Canary podinfo watches the Deployment podinfo. Controllers are started on it, and killed, by the tests.</summary>
internal sealed class TestWorld(TestCluster cluster, string ns, ScriptedMetrics metrics) : TestNamespace(cluster.Api, ns), IAsyncDisposable
{
    private readonly List<IAsyncDisposable> controllers = [];

    public Uri ApiUrl => cluster.Url;

    public ScriptedMetrics Metrics => metrics;

    public ClusterClient Client(ClusterClientOptions? options = null) =>
        new ClusterClientFactory(options ?? new ClusterClientOptions(), TimeProvider.System, NullLoggerFactory.Instance).FromKubeconfig(cluster.KubeconfigPath);

    /// <summary>A controller of this namespace alone, on a clock that is twenty times as fast unless said otherwise.</summary>
    public async Task<ControllerHost> StartControllerAsync(IClusterClient? client = null, TimeProvider? time = null, Func<ControllerOptions, ControllerOptions>? options = null)
    {
        var chosen = new ControllerOptions { MetricsServer = metrics.Url.ToString(), Namespace = Namespace, Port = 0 };
        var host = ControllerHost.Create(options?.Invoke(chosen) ?? chosen, client ?? Client(), time ?? new ScaledTime(20));
        controllers.Add(host);
        await host.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>Target and Canary, and a controller that has initialised them.</summary>
    public async Task<ControllerHost> InitializedAsync(string analysis = Manifests.Ramp, string more = "", IClusterClient? client = null)
    {
        var controller = await StartControllerAsync(client);
        Create(Kinds.Deployments, Manifests.Deployment());
        Create(Canaries, Manifests.Canary(analysis, more));
        await WaitForAsync(Phase.Initialized);
        return controller;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var controller in controllers)
            await controller.DisposeAsync();
        await metrics.DisposeAsync();
    }
}
