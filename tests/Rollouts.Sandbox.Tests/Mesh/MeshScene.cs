using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Workloads;

namespace Rollouts.Sandbox.Tests.Mesh;

/// <summary>A mesh over podinfo-primary (two pods) and podinfo-canary (one pod), which answer in truth and tell what reached them.</summary>
public sealed class MeshScene : IAsyncLifetime, IPodNetwork
{
    private readonly Dictionary<string, LoopbackServer> _pods = [];
    private MeshServer? _mesh;

    internal MemoryCluster Cluster { get; } = new();

    internal MeshServer Mesh => _mesh ?? throw new InvalidOperationException("not started");

    internal HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    /// <summary>What a pod does in place of answering at once; by its name.</summary>
    internal Dictionary<string, RequestDelegate> Conduct { get; } = [];

    /// <summary>Every request that reached a pod: the pod, and the authority it was for.</summary>
    internal System.Collections.Concurrent.ConcurrentQueue<(string Pod, string Authority)> Arrived { get; } = new();

    public async Task InitializeAsync()
    {
        foreach (var (workload, pods) in new[] { ("podinfo-primary", new[] { "primary-a", "primary-b" }), ("podinfo", ["canary-a"]) })
        {
            Cluster.Create(Kinds.ReplicaSets, MeshObject.ReplicaSet(workload));
            foreach (var pod in pods)
            {
                Cluster.Create(Kinds.Pods, MeshObject.Pod(pod, workload));
                _pods.Add(pod, await LoopbackServer.StartAsync(0, context => AnswerAsync(pod, context), CancellationToken.None));
            }
        }
        AddService("podinfo", "primary-a", "primary-b");
        AddService("podinfo-primary", "primary-a", "primary-b");
        AddService("podinfo-canary", "canary-a");
        _mesh = await MeshServer.StartAsync(Cluster, this, new MeshOptions { Seed = 1 }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_mesh is not null)
            await _mesh.DisposeAsync();
        foreach (var pod in _pods.Values)
            await pod.DisposeAsync();
    }

    public Uri? Resolve(string podIP, int port) => _pods.GetValueOrDefault(podIP)?.Url;

    internal void AddService(string name, params string[] pods)
    {
        Cluster.Create(Kinds.Services, MeshObject.Service(name));
        Cluster.Create(Kinds.Endpoints, MeshObject.Endpoints(name, pods));
    }

    /// <summary>Lets the pod's process end while its address is still among the endpoints.</summary>
    internal async Task CrashAsync(string pod) => await _pods[pod].DisposeAsync();

    /// <summary>Applies routes and waits until the mesh goes by them, which it shows by the marker on its answers.</summary>
    internal async Task RouteAsync(JsonObject virtualService)
    {
        var marker = $"{Guid.NewGuid()}";
        virtualService["spec"]?["http"]?.AsArray().Insert(0, MeshObject.Parse(
            $$$$"""
            {"match":[{"uri":{"exact":"/{{{{marker}}}}"}}],"route":[{"destination":{"host":"podinfo-primary"}}],"headers":{"response":{"set":{"marker":"{{{{marker}}}}"} } } }
            """));
        Cluster.Update(IstioKinds.VirtualServices, virtualService);
        await UntilAsync(async () => (await SendAsync($"/{marker}", HostOf(virtualService))).Headers.Contains("marker"));
    }

    internal async Task<HttpResponseMessage> SendAsync(string path = "/", string host = "podinfo", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Mesh.Url, path));
        request.Headers.Host = host;
        change?.Invoke(request);
        return await Client.SendAsync(request);
    }

    internal async Task<JsonObject> AskAsync(string path = "/", string host = "podinfo", Action<HttpRequestMessage>? change = null)
    {
        using var answer = await SendAsync(path, host, change);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return MeshObject.Parse(await answer.Content.ReadAsStringAsync());
    }

    internal async Task<IReadOnlyDictionary<string, int>> CountAsync(int requests, string host = "podinfo")
    {
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < requests; i++)
        {
            var pod = (string?)(await AskAsync(host: host))["pod"] ?? "";
            counts[pod] = counts.GetValueOrDefault(pod) + 1;
        }
        return counts;
    }

    /// <summary>The value of the one exposed series that has all the labels, 0 where there is none.</summary>
    internal async Task<double> MetricAsync(string name, params string[] labels)
    {
        var lines = (await Client.GetStringAsync(Mesh.MetricsUrl)).Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)));
        return lines.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    internal static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string HostOf(JsonObject virtualService) => (string?)virtualService["spec"]?["hosts"]?[0] ?? "";

    private async Task AnswerAsync(string pod, HttpContext context)
    {
        Arrived.Enqueue((pod, context.Request.Host.Value ?? ""));
        if (Conduct.TryGetValue(pod, out var conduct))
        {
            await conduct(context);
            return;
        }
        context.Response.Headers["from-pod"] = pod;
        await context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            pod,
            path = context.Request.Path.Value + context.Request.QueryString,
            host = context.Request.Host.Value,
            method = context.Request.Method,
            headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => $"{header.Value}"),
            body = await new StreamReader(context.Request.Body).ReadToEndAsync(),
        }));
    }
}
