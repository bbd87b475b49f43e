using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Controller.Tests.World;

/// <summary>An API server on which nobody has installed a CRD.</summary>
internal sealed class EmptyCluster : IAsyncDisposable
{
    private readonly string kubeconfig = Path.Combine(Path.GetTempPath(), $"rollouts-test-{Guid.NewGuid():N}");
    private KubeApiServer? server;

    public ICluster Api => server?.Cluster ?? throw new InvalidOperationException("The cluster was not started.");

    /// <param name="faults">What goes wrong with requests to it.</param>
    public async Task StartAsync(IRequestFaults? faults = null)
    {
        server = await KubeApiServer.StartAsync(new ApiServerOptions { Faults = faults });
        Kubeconfig.Write(kubeconfig, server.Url);
    }

    public ClusterClient Client(ClusterClientOptions? options = null) =>
        new ClusterClientFactory(options ?? new ClusterClientOptions(), TimeProvider.System, NullLoggerFactory.Instance).FromKubeconfig(kubeconfig);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        File.Delete(kubeconfig);
    }
}
