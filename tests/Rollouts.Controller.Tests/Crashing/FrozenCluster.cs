using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>Everything that a cluster holds at one moment: what is left of a controller that dies then.</summary>
/// <param name="Revision">Of the newest write in it.</param>
internal sealed record FrozenCluster(long Revision, IReadOnlyList<KindDefinition> Kinds, IReadOnlyList<(KindDefinition Kind, JsonObject Object)> Objects)
{
    /// <summary>Looked at until nobody wrote meanwhile: pods go on while the controller writes, and half of what they did is no cluster.</summary>
    public static FrozenCluster Of(Cluster cluster)
    {
        var kinds = cluster.Catalog.All.ToList();
        while (true)
        {
            var revision = cluster.Store.Revision;
            var objects = kinds.DistinctBy(kind => kind.Shelf).SelectMany(kind => cluster.Store.Read(kind.Shelf).Objects.Values.Select(obj => (kind, obj))).ToList();
            if (cluster.Store.Revision == revision)
                return new(revision, kinds, objects);
        }
    }

    /// <summary>Puts all of it into an empty cluster, as it is but for the versions; owners and namespaces first, or what is theirs is taken for left behind.</summary>
    public void RestoreTo(Cluster cluster)
    {
        foreach (var kind in Kinds)
            cluster.Catalog.Serve(kind);
        var left = Objects;
        while (left.Count > 0)
        {
            var owners = left.Select(item => item.Object.Uid()).ToHashSet();
            var ready = left.Where(item => !item.Object.Owners().Any(owner => owners.Contains(owner.TextAt("uid") ?? ""))).ToList();
            foreach (var (kind, obj) in ready.OrderBy(item => item.Object.Namespace() is not null))
                cluster.Store.TryPut(kind.Shelf, obj.Key(), null, obj.Copy());
            left = [.. left.Except(ready)];
        }
    }
}
