using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>A namespace that is deleted goes when all that is in it has gone.</summary>
internal sealed class NamespaceEnd(Cluster cluster)
{
    private const string Finalizer = "kubernetes";

    private static readonly ShelfKey Namespaces = new("", "namespaces");

    public void Note(ShelfKey shelf, Change change)
    {
        if (shelf == Namespaces)
        {
            if (change.After is { } there && there.IsDeleting() && !(change.Before?.IsDeleting() ?? false))
                Empty(there.Name());
        }
        else if (change.After is null && change.Before!.Namespace() is { } ns)
            EndIfEmpty(ns);
    }

    private void Empty(string ns)
    {
        foreach (var (definition, obj) in Content(ns))
            if (!obj.IsDeleting())
                cluster.Deleter.Delete(definition, ns, obj.Name(), new DeleteOptions(Propagation: "Background", Uid: obj.Uid()));
        EndIfEmpty(ns);
    }

    private void EndIfEmpty(string ns)
    {
        if (cluster.Store.Get(Namespaces, ns) is not { } owner || !owner.IsDeleting() || Content(ns).Count > 0)
            return;
        cluster.Writer.Update(cluster.Catalog.Find("", "namespaces")!, "v1", null, ns, current =>
        {
            JsonArray? finalizers = current.ArrayAt("spec", "finalizers");
            if (finalizers?.FirstOrDefault(f => f.AsText() == Finalizer) is { } found)
                finalizers.Remove(found);
            return current;
        }, new WriteOptions { FieldManager = "kube-controller-manager", Subresource = "finalize" });
    }

    // Two groups may share a shelf, as events do: each shelf is looked at once.
    private List<(KindDefinition Definition, JsonObject Object)> Content(string ns) =>
    [
        .. cluster.Catalog.All.Where(d => d.Kind.Namespaced).DistinctBy(d => d.Shelf)
            .SelectMany(d => cluster.Store.Read(d.Shelf).Objects.Values.Where(o => o.Namespace() == ns).Select(o => (d, o))),
    ];
}
