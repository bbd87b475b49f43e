using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>What has owners goes when the last of them has gone; orphaning and foreground deletion are finalizers of the owner.</summary>
internal sealed class GarbageCollection(Cluster cluster)
{
    private const string Orphan = "orphan", Foreground = "foregroundDeletion";

    private readonly Dictionary<string, HashSet<(ShelfKey Shelf, string Key)>> dependentsOf = [];

    public void Note(ShelfKey shelf, Change change)
    {
        foreach (string owner in OwnersOf(change.Before).Except(OwnersOf(change.After)))
            dependentsOf.GetValueOrDefault(owner)?.Remove((shelf, change.Key));
        foreach (string owner in OwnersOf(change.After))
            (dependentsOf.TryGetValue(owner, out var known) ? known : dependentsOf[owner] = []).Add((shelf, change.Key));

        if (change.After is { } there)
        {
            Finish(shelf, there);
            if (there.Owners().Any())
                Collect(shelf, change.Key);
        }
        else if (change.Before is { } gone)
        {
            foreach (var (dependentShelf, key) in Dependents(gone.Uid()))
                Collect(dependentShelf, key);
            dependentsOf.Remove(gone.Uid());
        }
        // A foreground deletion waits for its dependents: one that has gone, or blocks no more, may have been the last.
        foreach (JsonObject owner in (change.Before ?? change.After)!.Owners())
            if (Find(owner, (change.Before ?? change.After)!.Namespace()) is (var definition, { } waiting))
                Finish(definition.Shelf, waiting);
    }

    private static IEnumerable<string> OwnersOf(JsonObject? obj) => obj?.Owners().Select(o => o.TextAt("uid") ?? "") ?? [];

    private List<(ShelfKey Shelf, string Key)> Dependents(string uid) => [.. dependentsOf.GetValueOrDefault(uid) ?? []];

    private void Finish(ShelfKey shelf, JsonObject owner)
    {
        if (!owner.IsDeleting() || cluster.Catalog.Find(shelf.Group, shelf.Plural) is not { } definition)
            return;
        if (owner.Finalizers().Contains(Orphan))
        {
            foreach (var (dependentShelf, key) in Dependents(owner.Uid()))
                Disown(dependentShelf, key, uid => uid == owner.Uid());
            Finalizer.Remove(cluster, definition, owner, Orphan);
        }
        else if (owner.Finalizers().Contains(Foreground))
        {
            bool blocked = false;
            foreach (var (dependentShelf, key) in Dependents(owner.Uid()))
                blocked |= DeleteBefore(owner, dependentShelf, key);
            if (!blocked)
                Finalizer.Remove(cluster, definition, owner, Foreground);
        }
    }

    // True while the owner has to wait for this dependent.
    private bool DeleteBefore(JsonObject owner, ShelfKey shelf, string key)
    {
        if (cluster.Catalog.Find(shelf.Group, shelf.Plural) is not { } definition || cluster.Store.Get(shelf, key) is not { } dependent)
            return false;
        JsonObject? reference = dependent.Owners().FirstOrDefault(o => o.TextAt("uid") == owner.Uid());
        if (reference is null)
            return false;
        if (dependent.Owners().Any(o => o != reference && IsSolid(o, dependent.Namespace())))
        {
            Disown(shelf, key, uid => uid == owner.Uid());
            return false;
        }
        Sweeping.Sweep(cluster, definition, dependent, Dependents(dependent.Uid()).Count > 0 ? "Foreground" : "Background");
        return reference.TrueAt("blockOwnerDeletion") && cluster.Store.Get(shelf, key)?.Uid() == dependent.Uid();
    }

    private void Collect(ShelfKey shelf, string key)
    {
        if (cluster.Catalog.Find(shelf.Group, shelf.Plural) is not { } definition || cluster.Store.Get(shelf, key) is not { } dependent
            || dependent.IsDeleting())
            return;
        List<JsonObject> dangling = [.. dependent.Owners().Where(o => Find(o, dependent.Namespace()) is (_, null))];
        if (dangling.Count == 0)
            return;
        if (dangling.Count == dependent.Owners().Count())
            Sweeping.Sweep(cluster, definition, dependent, dependent.Finalizers().Contains(Orphan) ? "Orphan" : "Background");
        else
            Disown(shelf, key, uid => dangling.Exists(d => d.TextAt("uid") == uid));
    }

    private bool IsSolid(JsonObject reference, string? ns) =>
        Find(reference, ns) is not (_, var owner) || owner is not null && !(owner.IsDeleting() && owner.Finalizers().Contains(Foreground));

    // null: of a kind that is not known, so that nothing can be said of it.
    private (KindDefinition Definition, JsonObject? Owner)? Find(JsonObject reference, string? ns)
    {
        string[] version = (reference.TextAt("apiVersion") ?? "").Split('/');
        KindDefinition? definition = cluster.Catalog.FindKind(version.Length > 1 ? version[0] : "", reference.TextAt("kind") ?? "");
        if (definition is null || (definition.Kind.Namespaced && ns is null))
            return null;
        JsonObject? owner = cluster.Store.Get(definition.Shelf, ObjectMeta.Key(definition.Kind.Namespaced ? ns : null, reference.TextAt("name") ?? ""));
        return (definition, owner?.Uid() == reference.TextAt("uid") ? owner : null);
    }

    private void Disown(ShelfKey shelf, string key, Func<string, bool> whose)
    {
        if (cluster.Catalog.Find(shelf.Group, shelf.Plural) is not { } definition || cluster.Store.Get(shelf, key) is not { } dependent)
            return;
        cluster.Writer.Update(definition, definition.Kind.Version, dependent.Namespace(), dependent.Name(), current =>
        {
            if (current is null)
                return null;
            List<JsonNode> kept = [.. current.Owners().Where(o => !whose(o.TextAt("uid") ?? "")).Select(o => o.DeepClone())];
            current.Metadata().Put("ownerReferences", kept.Count == 0 ? null : new JsonArray([.. kept]));
            return current;
        }, new WriteOptions { FieldManager = "kube-controller-manager" });
    }
}
