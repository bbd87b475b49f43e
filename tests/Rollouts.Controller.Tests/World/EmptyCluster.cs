using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.World;

/// <summary>An API server on which nobody has installed a CRD.</summary>
internal sealed class EmptyCluster : IAsyncDisposable
{
    private readonly string kubeconfig = Path.Combine(Path.GetTempPath(), $"rollouts-test-{Guid.NewGuid():N}");
    private KubeApiServer? server;

    public async Task StartAsync()
    {
        server = await KubeApiServer.StartAsync(new ApiServerOptions());
        Kubeconfig.Write(kubeconfig, server.Url);
    }

    public ClusterClient Client() =>
        new ClusterClientFactory(new ClusterClientOptions(), TimeProvider.System, NullLoggerFactory.Instance).FromKubeconfig(kubeconfig);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        File.Delete(kubeconfig);
    }
}
