using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Tests.Doubles;

/// <summary>Single objects with optimistic concurrency, for what neither lists nor watches. A test may fail or hold up any call.</summary>
internal sealed class MemoryCluster : IClusterClient
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string, ResourceKey), JsonObject> _objects = [];
    private int _version;

    /// <summary>Runs before each call; what it throws is the answer.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs after a write was carried out; what it throws takes the place of the answer.</summary>
    public Func<string, CancellationToken, Task> AfterWrite { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Sees what each write stored, in the order in which it was stored.</summary>
    public Action<JsonObject> Stored { get; set; } = _ => { };

    public List<string> Calls { get; } = [];

    public JsonObject? Peek(ResourceType type, string ns, string name)
    {
        lock (_gate)
            return _objects.GetValueOrDefault((type.Plural, new ResourceKey(ns, name)))?.DeepClone().AsObject();
    }

    public IReadOnlyList<JsonObject> PeekAll()
    {
        lock (_gate)
            return [.. _objects.Values.Select(obj => obj.DeepClone().AsObject())];
    }

    public async Task<JsonObject?> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellation)
    {
        await BeginAsync("get", cancellation);
        return Peek(type, ns ?? "", name);
    }

    public Task<JsonObject> CreateAsync(ResourceType type, JsonObject obj, CancellationToken cancellation) =>
        WriteAsync("create", type, obj.Key, found => found is null ? obj.DeepClone().AsObject() : throw new ClusterException(409, "AlreadyExists", "is there"), cancellation);

    public Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject obj, string? subresource, CancellationToken cancellation) =>
        WriteAsync("replace", type, obj.Key, found => Checked(found, obj.ResourceVersion, obj.DeepClone().AsObject()), cancellation);

    public Task<JsonObject> PatchAsync(ResourceType type, ResourceKey key, ObjectPatch patch, string? subresource, CancellationToken cancellation) =>
        WriteAsync("patch", type, key, found => Checked(found, patch.Body.Text("metadata", "resourceVersion"), MergePatch.Apply(found, patch.Body)!.AsObject()), cancellation);

    public async Task<bool> DeleteAsync(ResourceType type, ResourceKey key, string? uid, CancellationToken cancellation)
    {
        await BeginAsync("delete", cancellation);
        lock (_gate)
            return _objects.Remove((type.Plural, key));
    }

    public Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, CancellationToken cancellation) =>
        throw new InvalidOperationException("this double does not list");

    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, string? ns, string? labelSelector, string resourceVersion, CancellationToken cancellation) =>
        throw new InvalidOperationException("this double does not watch");

    private static JsonObject Checked(JsonObject? found, string? version, JsonObject next)
    {
        if (found is null)
            throw new ClusterException(404, "NotFound", "is not there");
        return string.IsNullOrEmpty(version) || version == found.ResourceVersion ? next : throw new ClusterException(409, "Conflict", "was modified");
    }

    private async Task<JsonObject> WriteAsync(string verb, ResourceType type, ResourceKey key, Func<JsonObject?, JsonObject> change, CancellationToken cancellation)
    {
        await BeginAsync(verb, cancellation);
        JsonObject answer;
        lock (_gate)
        {
            var next = change(_objects.GetValueOrDefault((type.Plural, key)));
            next["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
            _objects[(type.Plural, key)] = next;
            answer = next.DeepClone().AsObject();
            Stored(answer);
        }

        await AfterWrite(verb, cancellation);
        return answer;
    }

    private async Task BeginAsync(string verb, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
            Calls.Add(verb);
        await Before(verb, cancellation);
    }
}
