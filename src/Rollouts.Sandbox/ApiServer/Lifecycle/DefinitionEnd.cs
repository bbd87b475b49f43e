using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>A custom resource definition that is deleted goes when its last object has gone, and its paths with it.</summary>
internal sealed class DefinitionEnd(Cluster cluster)
{
    public const string CleanUp = "customresourcecleanup.apiextensions.k8s.io";

    private static readonly ShelfKey Definitions = new("apiextensions.k8s.io", "customresourcedefinitions");

    public void Note(ShelfKey shelf, Change change)
    {
        if (shelf != Definitions)
        {
            if (change.After is null && cluster.Store.Get(Definitions, $"{shelf.Plural}.{shelf.Group}") is { } definition && definition.IsDeleting())
                EndIfEmpty(definition, shelf);
        }
        else if (change.After is null)
            Withdraw(Establishing.KindOf(change.Before!.Copy()));
        else if (change.After.IsDeleting() && !(change.Before?.IsDeleting() ?? false))
            Empty(change.After);
    }

    private void Empty(JsonObject definition)
    {
        KindDefinition kind = Establishing.KindOf(definition.Copy());
        foreach (JsonObject obj in cluster.Store.Read(kind.Shelf).Objects.Values)
            Sweeping.Sweep(cluster, kind, obj);
        EndIfEmpty(definition, kind.Shelf);
    }

    private void EndIfEmpty(JsonObject definition, ShelfKey shelf)
    {
        if (!cluster.Store.Read(shelf).Objects.IsEmpty)
            return;
        // The paths go first where nobody else keeps the definition: who sees it gone must not be served by it any more.
        if (definition["metadata"]?["finalizers"] is JsonArray { Count: 1 })
            Withdraw(Establishing.KindOf(definition.Copy()));
        Finalizer.Remove(cluster, cluster.Catalog.Find(Definitions.Group, Definitions.Plural)!, definition, CleanUp);
    }

    private void Withdraw(KindDefinition kind)
    {
        if (cluster.Catalog.Find(kind.Kind.Group, kind.Kind.Plural)?.Custom?.Definition.Uid() != kind.Custom!.Definition.Uid())
            return;
        cluster.Catalog.Withdraw(kind.Kind.Group, kind.Kind.Plural);
        cluster.Store.EndSubscriptions(kind.Shelf);
    }
}
