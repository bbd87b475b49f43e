using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rollouts.Sandbox.Workloads.Apps;

/// <summary>The listener of one pod on a loopback port: Kestrel without a host, as fifty of these live in one process.</summary>
internal sealed class PodServer : IAsyncDisposable
{
    private readonly KestrelServer kestrel;
    private readonly IReadOnlySet<int> ports;

    private PodServer(KestrelServer kestrel, IReadOnlySet<int> ports)
    {
        this.kestrel = kestrel;
        this.ports = ports;
        Url = new Uri(kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    public Uri Url { get; }

    /// <param name="ports">The container ports that it answers on; none declared means any, as declaring them is optional.</param>
    public static async Task<PodServer> StartAsync(
        PodApp app, IReadOnlySet<int> ports, ILoggerFactory logging, CancellationToken cancellation)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { IOQueueCount = 1 }), logging);
        var kestrel = new KestrelServer(Options.Create(options), transport, logging);
        await kestrel.StartAsync(new Application(app), cancellation);
        return new PodServer(kestrel, ports);
    }

    public bool Serves(int port) => ports.Count == 0 || ports.Contains(port);

    /// <summary>Takes no more connections, finishes what is in flight and closes; what is still in flight after the grace is cut off.</summary>
    public async Task StopAsync(TimeSpan grace, TimeProvider time)
    {
        using var end = new CancellationTokenSource(grace, time);
        await kestrel.StopAsync(end.Token);
    }

    public ValueTask DisposeAsync()
    {
        kestrel.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Application(PodApp app) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => app.AnswerAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Nothing was rented for it.
        }
    }
}
