using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Tests.Mesh;

/// <summary>A cluster without rules: objects come and go, and watches tell of it.</summary>
internal sealed class MemoryCluster : ICluster
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ResourceKind Kind, string Key), JsonObject> _objects = [];
    private readonly List<(ResourceKind Kind, Channel<ClusterEvent> Channel)> _watches = [];

    public JsonObject? Get(ResourceKind kind, string? ns, string name)
    {
        lock (_lock)
            return _objects.GetValueOrDefault((kind, ObjectMeta.Key(ns, name)));
    }

    public IReadOnlyList<JsonObject> List(ResourceKind kind, string? ns = null)
    {
        lock (_lock)
            return [.. _objects.Where(entry => entry.Key.Kind == kind && (ns is null || entry.Value.Namespace() == ns)).Select(entry => entry.Value)];
    }

    public JsonObject Create(ResourceKind kind, JsonObject obj) => Put("ADDED", kind, obj);

    public JsonObject Update(ResourceKind kind, JsonObject obj, string? subresource = null) => Put("MODIFIED", kind, obj);

    public bool Delete(ResourceKind kind, string? ns, string name)
    {
        lock (_lock)
        {
            if (!_objects.Remove((kind, ObjectMeta.Key(ns, name)), out var obj))
                return false;
            Tell("DELETED", kind, obj);
            return true;
        }
    }

    public async IAsyncEnumerable<ClusterEvent> WatchAsync(ResourceKind kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateUnbounded<ClusterEvent>();
        lock (_lock)
        {
            foreach (var obj in List(kind))
                channel.Writer.TryWrite(new ClusterEvent("ADDED", obj));
            _watches.Add((kind, channel));
        }
        await foreach (var change in channel.Reader.ReadAllAsync(cancellation))
            yield return change;
    }

    private JsonObject Put(string type, ResourceKind kind, JsonObject obj)
    {
        lock (_lock)
        {
            _objects[(kind, obj.Key())] = obj;
            Tell(type, kind, obj);
            return obj;
        }
    }

    private void Tell(string type, ResourceKind kind, JsonObject obj)
    {
        foreach (var watch in _watches.Where(watch => watch.Kind == kind))
            watch.Channel.Writer.TryWrite(new ClusterEvent(type, obj));
    }
}
