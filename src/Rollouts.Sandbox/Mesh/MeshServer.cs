using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Mesh.Forwarding;
using Rollouts.Sandbox.Mesh.Telemetry;
using Rollouts.Sandbox.Workloads;
using Yarp.ReverseProxy.Forwarder;

namespace Rollouts.Sandbox.Mesh;

/// <summary>
/// A service mesh on loopback: one listener, standing for the ingress gateway and every sidecar, that routes by the Host header as the
/// VirtualServices, DestinationRules (their subsets), Services and Endpoints of the cluster say.
/// </summary>
/// <remarks>
/// YARP forwards; which pod it forwards to is decided by an immutable table of our own. YARP's route configuration knows no regular
/// expressions on headers and paths and is reloaded in the background, while the table changes between two requests and at once.
/// </remarks>
public sealed class MeshServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly MeshTelemetry _telemetry = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(1),
    });
    private readonly ServiceProvider _yarp = new ServiceCollection().AddLogging().AddHttpForwarder().BuildServiceProvider();
    private readonly RouteWatch _routes;
    private readonly RequestHandler _handler;
    private LoopbackServer? _proxy;
    private LoopbackServer? _metrics;

    private MeshServer(ICluster cluster, IPodNetwork pods, MeshOptions options)
    {
        var turns = new RoundRobin();
        _routes = new RouteWatch(cluster);
        _handler = new RequestHandler(
            () => _routes.Table,
            new PodForwarder(_yarp.GetRequiredService<IHttpForwarder>(), _client, pods),
            new MirrorSender(_client, pods, turns, _telemetry, options.TimeProvider),
            turns, new Dice(options.Seed), _telemetry, options.TimeProvider, _stopping.Token);
    }

    /// <summary>Where requests enter; the Host header names the service.</summary>
    public Uri Url => (_proxy ?? throw NotStarted()).Url;

    /// <summary>What the proxies counted, in Prometheus' text format.</summary>
    public Uri MetricsUrl => new((_metrics ?? throw NotStarted()).Url, "/metrics");

    /// <param name="cluster">Must serve the kinds of <see cref="IstioDefinitions"/> already.</param>
    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<MeshServer> StartAsync(ICluster cluster, IPodNetwork pods, MeshOptions options, CancellationToken cancellation)
    {
        var server = new MeshServer(cluster, pods, options);
        server._proxy = await LoopbackServer.StartAsync(options.Port, server._handler.HandleAsync, cancellation);
        server._metrics = await LoopbackServer.StartAsync(options.MetricsPort, server.ExposeAsync, cancellation);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var server in new[] { _proxy, _metrics }.OfType<LoopbackServer>())
            await server.DisposeAsync();
        await _routes.DisposeAsync();
        await _yarp.DisposeAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    private Task ExposeAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(_telemetry.Expose(), context.RequestAborted);
    }

    private static InvalidOperationException NotStarted() => new("The mesh is not started.");
}
