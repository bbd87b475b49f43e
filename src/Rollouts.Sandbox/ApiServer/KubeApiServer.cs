using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rollouts.Sandbox.ApiServer.Http;
using Rollouts.Sandbox.ApiServer.Injecting;
using Rollouts.Sandbox.ApiServer.Lifecycle;

namespace Rollouts.Sandbox.ApiServer;

/// <summary>
/// A Kubernetes API server within this process, over plain HTTP on loopback: what kubectl and client libraries ask of a 1.26
/// control plane, without etcd and without authentication. A double for demonstrations and tests, not a cluster to offer.
/// </summary>
public sealed class KubeApiServer : IAsyncDisposable
{
    private static readonly string[] FirstNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly WebApplication application;
    private readonly CancellationTokenSource stopping;
    private readonly Housekeeping housekeeping;

    private KubeApiServer(WebApplication application, CancellationTokenSource stopping, Housekeeping housekeeping, ICluster cluster)
    {
        this.housekeeping = housekeeping;
        this.application = application;
        this.stopping = stopping;
        Cluster = cluster;
        Url = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Url { get; }

    public ICluster Cluster { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<KubeApiServer> StartAsync(ApiServerOptions options, CancellationToken cancellation = default)
    {
        var cluster = new Cluster(options.Time, options.Seed, options.HistoryLength);
        var housekeeping = new Housekeeping(cluster, options.Logging.CreateLogger<Housekeeping>());
        housekeeping.Start();
        foreach (string name in FirstNamespaces)
            cluster.Create(Kinds.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
        });
        WebApplication application = builder.Build();
        var stopping = new CancellationTokenSource();
        var door = new Door(cluster, options.Logging.CreateLogger<Door>(), stopping.Token);
        if (options.Faults is { } faults)
            application.Use(new FaultDoor(faults, options.Time, stopping.Token).AnswerAsync);
        application.Run(door.AnswerAsync);
        await application.StartAsync(cancellation);
        return new KubeApiServer(application, stopping, housekeeping, cluster);
    }

    /// <summary>Ends every watch and closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await application.DisposeAsync();
        await housekeeping.DisposeAsync();
        stopping.Dispose();
    }
}
