using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Rollouts.Controller.Observing;
using Rollouts.Core;
using Rollouts.Core.Blueprints;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Patching;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Controller.Converging;

/// <summary>
/// Makes the cluster what a blueprint says: in order, only what differs from the caches, each patch on the version that was looked at.
/// The first failure stops it, because what comes later may rest on it; the queue tries again.
/// </summary>
internal sealed partial class Converger(IClusterClient client, ClusterCache cache, ControllerOptions options, ILogger<Converger> logger)
{
    private readonly ContentCopier copies = new(client, cache, logger);

    public async Task ConvergeAsync(ResourceKey canary, IReadOnlyList<Change> plan, CancellationToken cancellation)
    {
        foreach (var change in plan)
        {
            var type = ClusterKinds.Of(change.Id.Kind, options.ApiGroup);
            var key = canary with { Name = change.Id.Name };
            await (change switch
            {
                Change.Shape shape => ShapeAsync(type, key, shape, cancellation),
                Change.Copy copy => copies.CopyAsync(type, key, canary, copy, cancellation),
                Change.Remove remove => RemoveAsync(type, key, canary, remove, cancellation),
                _ => throw new InvalidOperationException($"Nobody carries out a {change.GetType().Name}."),
            });
        }
    }

    private async Task ShapeAsync(ResourceType type, ResourceKey key, Change.Shape shape, CancellationToken cancellation)
    {
        var live = cache.Find(type, key);
        if (shape.From(live) is not { } wanted)
            return;
        if (live is null)
            await CreateAsync(type, key, wanted, cancellation);
        else if (MergeDiff.Between(live, wanted) is { } patch)
            await PatchAsync(type, key, live, patch, cancellation);
    }

    private async Task CreateAsync(ResourceType type, ResourceKey key, JsonObject wanted, CancellationToken cancellation)
    {
        try
        {
            cache.Observe(type, await client.CreateAsync(type, wanted, cancellation));
            LogCreated(logger, type.Kind, key);
        }
        catch (ClusterException refusal) when (refusal.Reason == ClusterReasons.AlreadyExists)
        {
            // The cache is behind, or somebody was quicker: take in what stands there, and let the next look judge it.
            await cache.CatchUpAsync(client, type, key, cancellation);
            throw;
        }
    }

    private async Task PatchAsync(ResourceType type, ResourceKey key, JsonObject live, JsonObject patch, CancellationToken cancellation)
    {
        if (patch["metadata"] is not JsonObject metadata)
            patch["metadata"] = metadata = [];
        metadata["resourceVersion"] = live.ResourceVersion;
        try
        {
            cache.Observe(type, await client.PatchAsync(type, key, ObjectPatch.Merge(patch), null, cancellation));
            LogPatched(logger, type.Kind, key);
        }
        catch (ClusterException refusal) when (refusal.Reason == ClusterReasons.Conflict)
        {
            await cache.CatchUpAsync(client, type, key, cancellation);
            throw;
        }
    }

    private async Task RemoveAsync(ResourceType type, ResourceKey key, ResourceKey canary, Change.Remove remove, CancellationToken cancellation)
    {
        if (cache.Find(type, key) is not { } live || live.IsBeingDeleted || live.Labels.GetValueOrDefault(Names.OwnerLabel) != canary.Name)
            return;
        if (remove.OnlyIfMade && live.Labels.GetValueOrDefault(Names.MadeByLabel) != Names.MadeBy)
            return;
        await client.DeleteAsync(type, key, live.Uid, cancellation);
        LogRemoved(logger, type.Kind, key);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Created {Kind} {Key}")]
    private static partial void LogCreated(ILogger logger, string kind, ResourceKey key);

    [LoggerMessage(Level = LogLevel.Information, Message = "Patched {Kind} {Key}")]
    private static partial void LogPatched(ILogger logger, string kind, ResourceKey key);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Kind} {Key}")]
    private static partial void LogRemoved(ILogger logger, string kind, ResourceKey key);
}
