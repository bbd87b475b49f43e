using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;
using Rollouts.Controller.Observing;
using Rollouts.Controller.Reporting;
using Rollouts.Controller.Serving;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Controller;

/// <summary>The controller as one process: workers, and HTTP with /metrics, /healthz and /readyz.</summary>
public sealed class ControllerHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ControllerHost(WebApplication app) => this.app = app;

    /// <summary>Where it serves; known once it was started.</summary>
    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?? throw new InvalidOperationException("The controller has not been started."));

    /// <param name="logging">Adds where logs go; without it there are none.</param>
    public static ControllerHost Create(ControllerOptions options, IClusterClient client, TimeProvider time, Action<ILoggingBuilder>? logging = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        logging?.Invoke(builder.Logging);
        // Several lines for each query and tick say nothing that the status does not say.
        builder.Logging.AddFilter("Polly", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrel().UseUrls($"http://{options.BindAddress}:{options.Port}");
        builder.Services.AddController(options, client, time);
        return new ControllerHost(Map(builder.Build()));
    }

    public Task StartAsync(CancellationToken cancellation) => app.StartAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => app.StopAsync(cancellation);

    public Task WaitForShutdownAsync(CancellationToken cancellation) => app.WaitForShutdownAsync(cancellation);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static WebApplication Map(WebApplication app)
    {
        var cache = app.Services.GetRequiredService<ClusterCache>();
        var registry = app.Services.GetRequiredService<CollectorRegistry>();
        _ = app.Services.GetRequiredService<QueueMetrics>();
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/readyz", () => cache.Unsynced is { Count: > 0 } missing
            ? Results.Text($"not ready: waiting for the first list of {string.Join(", ", missing)}", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok"));
        app.MapMetrics(registry: registry);
        return app;
    }
}
