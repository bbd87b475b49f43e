using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Apps;

/// <summary>The servers of the pods, by the address that each has in the cluster.</summary>
internal sealed class PodNetwork(WorkloadOptions options) : IPodNetwork, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PodServer> servers = [];

    public Uri? Resolve(string podIP, int port) =>
        servers.TryGetValue(podIP, out PodServer? server) && server.Serves(port) ? server.Url : null;

    public async Task<PodServer> ServeAsync(string ip, JsonObject pod, AppBehavior behavior, CancellationToken cancellation)
    {
        string ns = pod.Namespace() ?? "";
        // A pod's chance depends on the seed and its name alone, not on what else runs.
        var random = new Random(options.Seed ^ (int)TemplateHash.Fnv($"{ns}/{pod.Name()}"));
        var app = new PodApp(pod.Name(), ns, behavior, random, options.Time);
        HashSet<int> ports = [.. pod.ObjectsAt("spec", "containers").SelectMany(c => c.ObjectsAt("ports"))
            .Select(p => (int)(p.NumberAt("containerPort") ?? 0))];
        return servers[ip] = await PodServer.StartAsync(app, ports, options.Logging, cancellation);
    }

    /// <summary>Serves on for the drain time, then finishes what is in flight, within the pod's grace period in all.</summary>
    public async Task EndAsync(string ip, PodServer server, TimeSpan grace)
    {
        TimeSpan drain = options.DrainFor < grace ? options.DrainFor : grace;
        if (drain > TimeSpan.Zero)
            await Task.Delay(drain, options.Time);
        await server.StopAsync(grace - drain, options.Time);
        servers.TryRemove(KeyValuePair.Create(ip, server));
        await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PodServer server in servers.Values)
            await server.DisposeAsync();
    }
}
