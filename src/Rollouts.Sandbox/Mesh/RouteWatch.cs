using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Mesh.Routing;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Mesh;

/// <summary>Keeps the table of routes as the cluster's objects have it. Changes that come close together are taken in one.</summary>
internal sealed class RouteWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<ResourceKind, ConcurrentDictionary<ObjectKey, JsonObject>> _objects =
        new ResourceKind[] { IstioKinds.VirtualServices, IstioKinds.DestinationRules, Kinds.Services, Kinds.Endpoints, Kinds.Pods, Kinds.ReplicaSets }
            .ToDictionary(kind => kind, _ => new ConcurrentDictionary<ObjectKey, JsonObject>());
    private readonly Task _running;
    private volatile RouteTable _table;

    /// <exception cref="ApiException">The cluster does not serve one of the kinds.</exception>
    public RouteWatch(ICluster cluster)
    {
        foreach (var (kind, objects) in _objects)
        {
            foreach (var obj in cluster.List(kind))
                objects[ObjectKey.Of(obj)] = obj;
        }
        _table = Translate();
        _running = Task.WhenAll([RebuildAsync(), .. _objects.Select(kind => FollowAsync(cluster, kind.Key, kind.Value))]);
    }

    public RouteTable Table => _table;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how the watches end; anything else that ended one is for the owner to see.
        }
        _stopping.Dispose();
    }

    private async Task FollowAsync(ICluster cluster, ResourceKind kind, ConcurrentDictionary<ObjectKey, JsonObject> objects)
    {
        await foreach (var change in cluster.WatchAsync(kind, _stopping.Token))
        {
            if (change.Type == "DELETED")
                objects.TryRemove(ObjectKey.Of(change.Object), out _);
            else
                objects[ObjectKey.Of(change.Object)] = change.Object;
            _changed.Writer.TryWrite(true);
        }
    }

    private async Task RebuildAsync()
    {
        await foreach (var _ in _changed.Reader.ReadAllAsync(_stopping.Token))
            _table = Translate();
    }

    private RouteTable Translate() => TableTranslation.Translate(new MeshObjects(
        All(IstioKinds.VirtualServices), All(IstioKinds.DestinationRules), All(Kinds.Services),
        All(Kinds.Endpoints), All(Kinds.Pods), All(Kinds.ReplicaSets)));

    private List<JsonObject> All(ResourceKind kind) => [.. _objects[kind].Values];
}
