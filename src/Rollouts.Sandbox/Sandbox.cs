using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Prometheus;
using Rollouts.Sandbox.Workloads;
using Rollouts.Sandbox.Workloads.Autoscaling;

namespace Rollouts.Sandbox;

/// <summary>
/// A cluster with a service mesh and its metrics within this process, for demonstrations and tests; never for production.
/// </summary>
/// <remarks>
/// <para>Real: HTTP everywhere. kubectl and client libraries speak to the API server; requests go through a proxy (YARP) that obeys
/// VirtualServices, DestinationRules' subsets, Services and Endpoints; each ready pod listens on loopback; Prometheus scrapes and
/// answers queries.</para>
/// <para>Simulated: containers. A pod runs no image; it is ready after a time and answers with the latency and the errors that its
/// template asks for, or crashes, or never becomes ready, as its annotations say. Each node has room for everything. Autoscalers keep
/// replicas within their bounds and measure nothing. The mesh's one listener stands for every gateway and every sidecar: routes take a
/// request for a Service's name as one from within the mesh and any other host as one through a gateway, metrics count all as coming
/// from the gateway, at both reporters.</para>
/// <para>Not there: authentication and RBAC, admission webhooks, networking below HTTP, HTTP/2 and TLS, storage that outlives the
/// process; of Istio fault injection, redirects, direct responses, TCP routes, CORS, traffic policies (circuit breaking, outlier
/// detection, TLS, session affinity by hash), source labels and Gateway objects; of PromQL offset, @,
/// subqueries, group_left and rules (with <see cref="PrometheusKind.Real"/> there is all of it).</para>
/// </remarks>
public sealed class Sandbox : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts;

    private Sandbox(Stack<IAsyncDisposable> parts, KubeApiServer api, MeshServer mesh, IPrometheus prometheus)
    {
        _parts = parts;
        ApiUrl = api.Url;
        Cluster = api.Cluster;
        MeshUrl = mesh.Url;
        MeshMetricsUrl = mesh.MetricsUrl;
        PrometheusUrl = prometheus.Url;
    }

    /// <summary>The Kubernetes API.</summary>
    public Uri ApiUrl { get; }

    /// <summary>Where requests enter; the Host header names the service.</summary>
    public Uri MeshUrl { get; }

    /// <summary>What the mesh counts, as Prometheus scrapes it.</summary>
    public Uri MeshMetricsUrl { get; }

    public Uri PrometheusUrl { get; }

    /// <summary>The cluster's objects, without HTTP.</summary>
    public ICluster Cluster { get; }

    /// <exception cref="IOException">A port is in use, or the kubeconfig cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A real Prometheus is wanted and cannot be started; the message says what to do.</exception>
    /// <exception cref="ApiException">A definition of custom resources is refused.</exception>
    public static async Task<Sandbox> StartAsync(SandboxOptions options, CancellationToken cancellation)
    {
        var parts = new Stack<IAsyncDisposable>();
        try
        {
            return await StartAsync(options, parts, cancellation);
        }
        catch
        {
            await StopAsync(parts);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(_parts);

    private static async Task<Sandbox> StartAsync(SandboxOptions options, Stack<IAsyncDisposable> parts, CancellationToken cancellation)
    {
        var api = Started(await KubeApiServer.StartAsync(
            new ApiServerOptions { Port = options.ApiPort, Seed = options.Seed, Time = options.TimeProvider, Faults = options.Faults }, cancellation));
        foreach (var definition in IstioDefinitions.All.Append(Keda.Definition).Concat(options.CustomResourceDefinitions))
            api.Cluster.Create(Kinds.CustomResourceDefinitions, definition);

        var workloads = Started(WorkloadControllers.Start(api.Cluster, new WorkloadOptions
        {
            Nodes = options.Nodes,
            ReadyAfter = options.ReadyAfter,
            Seed = options.Seed,
            Time = options.TimeProvider,
            Logging = options.Logging,
        }));
        var mesh = Started(await MeshServer.StartAsync(
            api.Cluster, workloads.Network,
            new MeshOptions { Port = options.MeshPort, Seed = options.Seed, TimeProvider = options.TimeProvider }, cancellation));
        var prometheus = Started(await StartPrometheusAsync(options, mesh, cancellation));
        if (options.KubeconfigPath is { } path)
            Kubeconfig.Write(path, api.Url);
        return new Sandbox(parts, api, mesh, prometheus);

        T Started<T>(T part) where T : IAsyncDisposable
        {
            parts.Push(part);
            return part;
        }
    }

    private static async Task<IPrometheus> StartPrometheusAsync(SandboxOptions options, MeshServer mesh, CancellationToken cancellation)
    {
        var prometheus = new PrometheusOptions
        {
            Port = options.PrometheusPort,
            Targets = [mesh.MetricsUrl],
            TimeProvider = options.TimeProvider,
        };
        return options.Prometheus switch
        {
            PrometheusKind.Embedded => await EmbeddedPrometheus.StartAsync(prometheus, cancellation),
            PrometheusKind.Real => await RealPrometheus.StartAsync(prometheus, cancellation),
        };
    }

    // The last started first: nothing is left without what it stands on.
    private static async Task StopAsync(Stack<IAsyncDisposable> parts)
    {
        while (parts.TryPop(out var part))
            await part.DisposeAsync();
    }
}
