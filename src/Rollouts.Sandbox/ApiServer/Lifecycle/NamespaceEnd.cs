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
        else if (change.After is null && change.Before!.Namespace() is { } left)
            EndIfEmpty(left);
        else if (change.Before is null && change.After?.Namespace() is { } late && (cluster.Store.Get(Namespaces, late)?.IsDeleting() ?? true))
            // It was let in before the namespace was marked, and stored after what was in it had been counted.
            Empty(late);
    }

    private void Empty(string ns)
    {
        foreach (var (definition, obj) in Content(ns))
            Sweeping.Sweep(cluster, definition, obj);
        EndIfEmpty(ns);
        SayWhatRemains(ns);
    }

    private void SayWhatRemains(string ns)
    {
        List<(KindDefinition Definition, JsonObject Object)> content = Content(ns);
        if (content.Count == 0)
            return;
        cluster.Writer.Update(cluster.Catalog.Find("", "namespaces")!, "v1", null, ns, current =>
        {
            if (current is null)
                return null;
            JsonArray conditions = current["status"]?["conditions"] as JsonArray ?? [];
            void Set(string type, bool status, string reason, string message) =>
                Conditions.Set(conditions, type, status ? "True" : "False", reason, message, cluster.Time);
            Set("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered");
            Set("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed");
            Set("NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization");
            Set("NamespaceContentRemaining", true, "SomeResourcesRemain", "Some resources are remaining: "
                + string.Join(", ", content.GroupBy(c => c.Definition.Kind).Select(g => $"{g.Key} has {g.Count()} resource instances")));
            List<IGrouping<string, string>> finalizers = [.. content.SelectMany(c => c.Object.Finalizers()).GroupBy(f => f)];
            if (finalizers.Count > 0)
                Set("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain", "Some content in the namespace has finalizers remaining: "
                    + string.Join(", ", finalizers.Select(g => $"{g.Key} in {g.Count()} resource instances")));
            current.Ensure("status").Put("conditions", conditions);
            return current;
        }, new WriteOptions { FieldManager = "kube-controller-manager", Subresource = "status" });
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
