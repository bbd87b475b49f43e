using System.Text.Json.Nodes;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Cli.Clusters;

/// <summary>A cluster, and the namespace that is meant where none is said.</summary>
internal sealed class ClusterSession(ClusterClient client, string ns) : IDisposable
{
    public ClusterClient Client => client;

    public string Namespace => ns;

    /// <exception cref="Trouble">There is none of this name.</exception>
    public async Task<JsonObject> CanaryAsync(string name, CancellationToken cancellation) =>
        await client.GetAsync(Definitions.Canaries(), ns, name, cancellation)
        ?? throw new Trouble($"there is no Canary {name} in namespace {ns}", "`rollouts get canaries -A` lists those of all namespaces; -n names another one");

    public Task<JsonObject> PatchAsync(string name, ObjectPatch patch, CancellationToken cancellation) =>
        client.PatchAsync(Definitions.Canaries(), new ResourceKey(ns, name), patch, null, cancellation);

    public void Dispose() => client.Dispose();
}
