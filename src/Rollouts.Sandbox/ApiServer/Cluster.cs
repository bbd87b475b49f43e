using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Lifecycle;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer;

/// <summary>The parts of the API server behind its HTTP door, and the other door to them.</summary>
internal sealed class Cluster : ICluster
{
    private static readonly DeleteOptions InBackground = new(Propagation: "Background");

    private readonly Establishing establishing;

    public Cluster(TimeProvider time, int seed, int historyLength)
    {
        Time = time;
        Store = new Store(historyLength);
        var identities = new Identities(seed);
        Writer = new Writer(Store, new Admission(Store, identities), identities, time, AfterWrite);
        Deleter = new Deleter(Store, time, AfterWrite);
        establishing = new Establishing(Catalog, Writer, time);
    }

    public TimeProvider Time { get; }

    public Store Store { get; }

    public KindCatalog Catalog { get; } = new();

    public Writer Writer { get; }

    public Deleter Deleter { get; }

    public JsonObject? Get(ResourceKind kind, string? ns, string name)
    {
        KindDefinition definition = Find(kind);
        JsonObject? stored = Store.Get(definition.Shelf, ObjectMeta.Key(definition.Kind.Namespaced ? ns : null, name));
        return stored is null ? null : Codec.Encode(definition, kind.Version, stored);
    }

    public IReadOnlyList<JsonObject> List(ResourceKind kind, string? ns = null)
    {
        KindDefinition definition = Find(kind);
        return [.. Store.Read(definition.Shelf).Objects.Values
            .Where(o => ns is null || o.Namespace() == ns)
            .Select(o => Codec.Encode(definition, kind.Version, o))];
    }

    public JsonObject Create(ResourceKind kind, JsonObject obj)
    {
        KindDefinition definition = Find(kind);
        Written written = Writer.Create(definition, kind.Version, obj.Namespace(), obj, new WriteOptions());
        return Codec.Encode(definition, kind.Version, written.Object);
    }

    public JsonObject Update(ResourceKind kind, JsonObject obj, string? subresource = null)
    {
        KindDefinition definition = Find(kind);
        Written written = Writer.Update(definition, kind.Version, obj.Namespace(), obj.Name(),
            current => current is null && !definition.CreatesOnUpdate ? null : obj, new WriteOptions { Subresource = subresource });
        return Codec.Encode(definition, kind.Version, written.Object);
    }

    public bool Delete(ResourceKind kind, string? ns, string name)
    {
        try
        {
            Deleter.Delete(Find(kind), ns, name, InBackground);
            return true;
        }
        catch (ApiException refusal) when (refusal.Code == 404)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<ClusterEvent> WatchAsync(ResourceKind kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        KindDefinition definition = Find(kind);
        using Subscription subscription = Store.Subscribe(definition.Shelf, null, lasting: true)!;
        foreach (JsonObject there in subscription.Start.Objects.Values)
            yield return new ClusterEvent("ADDED", Codec.Encode(definition, kind.Version, there));
        await foreach (Change change in subscription.Changes.ReadAllAsync(cancellation))
        {
            string type = change.Before is null ? "ADDED" : change.After is null ? "DELETED" : "MODIFIED";
            JsonObject obj = Codec.Encode(definition, kind.Version, change.After ?? change.Before!);
            obj.Metadata()["resourceVersion"] = $"{change.Revision}";
            yield return new ClusterEvent(type, obj);
        }
    }

    // Done before the writer has its answer, so that who makes a namespace or a definition can go on at once.
    private void AfterWrite(KindDefinition definition, JsonObject written)
    {
        if (definition.Kind == Kinds.CustomResourceDefinitions)
            establishing.Reconcile(written.Copy());
        else if (definition.Kind == Kinds.Namespaces && !written.IsDeleting())
            NamespaceBirth.Furnish(this, written.Name());
    }

    private KindDefinition Find(ResourceKind kind) => Catalog.Find(kind.Group, kind.Plural) is { } found && found.Versions.Contains(kind.Version)
        ? found
        : throw Refusals.NoSuchResource();
}
