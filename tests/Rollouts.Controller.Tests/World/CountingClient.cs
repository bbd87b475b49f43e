using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Controller.Tests.World;

/// <summary>A client that writes down every request, by verb, kind and name.</summary>
internal sealed class CountingClient(IClusterClient inner) : IClusterClient
{
    private readonly ConcurrentQueue<string> requests = new();

    public IReadOnlyList<string> Requests => [.. requests];

    public void Clear() => requests.Clear();

    public Task<JsonObject?> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellation)
    {
        requests.Enqueue($"get {type.Kind} {name}");
        return inner.GetAsync(type, ns, name, cancellation);
    }

    public Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, CancellationToken cancellation)
    {
        requests.Enqueue($"list {type.Kind}");
        return inner.ListAsync(type, ns, labelSelector, cancellation);
    }

    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, string? ns, string? labelSelector, string resourceVersion, CancellationToken cancellation)
    {
        requests.Enqueue($"watch {type.Kind}");
        return inner.WatchAsync(type, ns, labelSelector, resourceVersion, cancellation);
    }

    public Task<JsonObject> CreateAsync(ResourceType type, JsonObject obj, CancellationToken cancellation)
    {
        requests.Enqueue($"create {type.Kind}");
        return inner.CreateAsync(type, obj, cancellation);
    }

    public Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject obj, string? subresource, CancellationToken cancellation)
    {
        requests.Enqueue($"replace {type.Kind}/{subresource}");
        return inner.ReplaceAsync(type, obj, subresource, cancellation);
    }

    public Task<JsonObject> PatchAsync(ResourceType type, ResourceKey key, ObjectPatch patch, string? subresource, CancellationToken cancellation)
    {
        requests.Enqueue($"patch {type.Kind}");
        return inner.PatchAsync(type, key, patch, subresource, cancellation);
    }

    public Task<bool> DeleteAsync(ResourceType type, ResourceKey key, string? uid, CancellationToken cancellation)
    {
        requests.Enqueue($"delete {type.Kind}");
        return inner.DeleteAsync(type, key, uid, cancellation);
    }
}
