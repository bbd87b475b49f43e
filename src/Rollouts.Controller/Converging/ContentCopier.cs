using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Rollouts.Controller.Observing;
using Rollouts.Core;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Configs;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Patching;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Controller.Converging;

/// <summary>
/// Copies what a ConfigMap or Secret holds. It is read when it is copied, straight from the API server, and only written where it is
/// still what was analysed; nothing of it is kept or logged.
/// </summary>
internal sealed partial class ContentCopier(IClusterClient client, ClusterCache cache, ILogger logger)
{
    public async Task CopyAsync(ResourceType type, ResourceKey key, ResourceKey canary, Change.Copy copy, CancellationToken cancellation)
    {
        var live = cache.Find(type, key);
        if (live is not null && live.Labels.GetValueOrDefault(Names.OwnerLabel) != canary.Name)
            throw new ClusterException(409, ClusterReasons.Conflict, $"{copy.Id} is in the way and is not ours: delete it");
        if (live is not null && ConfigDigest.Read(live) == copy.Digest && IsImmutable(live) == copy.IsImmutable)
            return;
        // What is immutable cannot even be made mutable again. The event that shows it gone brings us back.
        if (live is not null && IsImmutable(live))
        {
            await client.DeleteAsync(type, key, live.Uid, cancellation);
            return;
        }

        var source = await client.GetAsync(type, key.Namespace, copy.Source.Name, cancellation)
            ?? throw new ClusterException(404, ClusterReasons.NotFound, $"{copy.Source}, which {copy.Id} is a copy of, does not exist");
        if (ConfigDigest.Of(source) != copy.Digest)
            throw new ClusterException(409, ClusterReasons.Conflict, $"{copy.Source} has changed since it was looked at");
        await WriteAsync(type, key, canary, copy, source, cancellation);
    }

    private async Task WriteAsync(ResourceType type, ResourceKey key, ResourceKey canary, Change.Copy copy, JsonObject source, CancellationToken cancellation)
    {
        var there = cache.Find(type, key) is null ? null : await client.GetAsync(type, key.Namespace, key.Name, cancellation);
        var wanted = there?.DeepClone().AsObject() ?? Skeleton(type, key);
        ConfigContents.Fill(wanted, source, copy, canary.Name);
        if (there is null)
            cache.Observe(type, await client.CreateAsync(type, wanted, cancellation));
        else if (MergeDiff.Between(there, wanted) is { } patch)
            cache.Observe(type, await client.PatchAsync(type, key, ObjectPatch.Merge(patch), null, cancellation));
        LogCopied(logger, copy.Source, copy.Id, key.Namespace);
    }

    private static JsonObject Skeleton(ResourceType type, ResourceKey key) => new()
    {
        ["apiVersion"] = type.ApiVersion,
        ["kind"] = type.Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
    };

    private static bool IsImmutable(JsonObject config) => config.Flag("immutable") == true;

    [LoggerMessage(Level = LogLevel.Information, Message = "Copied what {Source} holds to {Copy} in {Namespace}")]
    private static partial void LogCopied(ILogger logger, ObjectId source, ObjectId copy, string @namespace);
}
