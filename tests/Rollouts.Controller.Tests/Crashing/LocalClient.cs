using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Patching;
using Rollouts.Sandbox.ApiServer.Selecting;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>A client that reads and writes by the rules behind the sandbox's HTTP door, without going through it.</summary>
internal sealed class LocalClient(Cluster cluster) : IClusterClient
{
    public Task<JsonObject?> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellation) => AnswerAsync(type, kind =>
        cluster.Store.Get(kind.Shelf, ObjectMeta.Key(ns, name)) is { } stored ? Codec.Encode(kind, type.Version, stored) : null, cancellation);

    public Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, CancellationToken cancellation) => AnswerAsync(type, kind =>
    {
        var snapshot = cluster.Store.Read(kind.Shelf);
        var selection = Select(ns, labelSelector);
        return new ResourceList([.. snapshot.Objects.Values.Where(selection.Matches).Select(stored => Codec.Encode(kind, type.Version, stored))], $"{snapshot.Revision}");
    }, cancellation);

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceType type, string? ns, string? labelSelector, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var kind = Find(type);
        var selection = Select(ns, labelSelector);
        using var subscription = cluster.Store.Subscribe(kind.Shelf, long.Parse(resourceVersion, CultureInfo.InvariantCulture))
            ?? throw new ClusterException(410, ClusterReasons.Expired, $"too old resource version: {resourceVersion}");
        await foreach (var change in subscription.Changes.ReadAllAsync(cancellation))
        {
            var before = change.Before is { } old && selection.Matches(old) ? old : null;
            var after = change.After is { } next && selection.Matches(next) ? next : null;
            if ((after ?? before) is not { } told)
                continue;
            var obj = Codec.Encode(kind, type.Version, told);
            obj.Metadata()["resourceVersion"] = $"{change.Revision}";
            yield return new WatchEvent(before is null ? WatchEventType.Added : after is null ? WatchEventType.Deleted : WatchEventType.Modified, obj);
        }
    }

    public Task<JsonObject> CreateAsync(ResourceType type, JsonObject obj, CancellationToken cancellation) => AnswerAsync(type, kind =>
        Codec.Encode(kind, type.Version, cluster.Writer.Create(kind, type.Version, obj.Namespace(), obj, Ours(null)).Object), cancellation);

    public Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject obj, string? subresource, CancellationToken cancellation) => AnswerAsync(type, kind =>
        Codec.Encode(kind, type.Version, cluster.Writer.Update(
            kind, type.Version, obj.Namespace(), obj.Name(), current => current is null ? null : obj, Ours(subresource)).Object), cancellation);

    public Task<JsonObject> PatchAsync(ResourceType type, ResourceKey key, ObjectPatch patch, string? subresource, CancellationToken cancellation) => AnswerAsync(type, kind =>
        Codec.Encode(kind, type.Version, cluster.Writer.Update(
            kind, type.Version, key.Namespace, key.Name, current => current is null ? null : Patched(current, patch), Ours(subresource) with { IsPatch = true }).Object), cancellation);

    public Task<bool> DeleteAsync(ResourceType type, ResourceKey key, string? uid, CancellationToken cancellation) => AnswerAsync(type, kind =>
    {
        if (cluster.Store.Get(kind.Shelf, ObjectMeta.Key(key.Namespace, key.Name)) is null)
            return false;
        cluster.Deleter.Delete(kind, key.Namespace, key.Name, new DeleteOptions(Propagation: "Background", Uid: uid));
        return true;
    }, cancellation);

    private static JsonObject Patched(JsonObject current, ObjectPatch patch) => patch.Kind == PatchKind.Merge
        ? MergePatch.ApplyRequest(current, patch.Body)
        : throw new NotSupportedException($"The controller was not known to send a {patch.Kind} patch.");

    private static WriteOptions Ours(string? subresource) => new() { FieldManager = new ClusterClientOptions().FieldManager, Subresource = subresource };

    private static Selection Select(string? ns, string? labels) => new(ns, LabelSelector.Parse(labels ?? ""), FieldSelector.Everything);

    private KindDefinition Find(ResourceType type) => cluster.Catalog.Find(type.Group, type.Plural)
        ?? throw new ClusterException(404, ClusterReasons.UnknownResource, $"there are no {type}");

    private async Task<T> AnswerAsync<T>(ResourceType type, Func<KindDefinition, T> answer, CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return answer(Find(type));
        }
        catch (ApiException refusal)
        {
            throw new ClusterException(refusal.Code, refusal.Reason, refusal.Message, refusal);
        }
    }
}
