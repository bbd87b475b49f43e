using Microsoft.Extensions.Hosting;
using Rollouts.Controller.Serving;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>All of the controller but the HTTP that it serves.</summary>
internal sealed class LocalController : IAsyncDisposable
{
    private readonly IHost host;

    private LocalController(IHost host) => this.host = host;

    public static async Task<LocalController> StartAsync(IClusterClient client, TimeProvider time, ScriptedMetrics metrics)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddController(new ControllerOptions { MetricsServer = metrics.Url.ToString(), Namespace = LocalCluster.Namespace }, client, time);
        var host = builder.Build();
        await host.StartAsync();
        return new LocalController(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
