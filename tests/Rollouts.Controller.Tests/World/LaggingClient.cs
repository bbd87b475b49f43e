using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Controller.Tests.World;

/// <summary>A client whose watches of one kind say nothing more from some event on; lists and all else go well.</summary>
internal sealed class LaggingClient(IClusterClient inner, ResourceType lagging, Func<JsonObject, bool> last) : IClusterClient
{
    private readonly TaskCompletionSource lags = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the last event has been taken in.</summary>
    public Task Lags => lags.Task;

    /// <summary>Ends when a write was refused because it was based on what is past.</summary>
    public Task Refused => refused.Task;

    public Task<JsonObject?> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellation) => inner.GetAsync(type, ns, name, cancellation);

    public Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, CancellationToken cancellation) =>
        inner.ListAsync(type, ns, labelSelector, cancellation);

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceType type, string? ns, string? labelSelector, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var change in inner.WatchAsync(type, ns, labelSelector, resourceVersion, cancellation))
        {
            yield return change;
            // Whoever asks for the next event has taken in this one.
            if (type != lagging || lags.Task.IsCompleted || !last(change.Object))
                continue;
            lags.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
    }

    public Task<JsonObject> CreateAsync(ResourceType type, JsonObject obj, CancellationToken cancellation) => inner.CreateAsync(type, obj, cancellation);

    public Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject obj, string? subresource, CancellationToken cancellation) =>
        WriteAsync(inner.ReplaceAsync(type, obj, subresource, cancellation));

    public Task<JsonObject> PatchAsync(ResourceType type, ResourceKey key, ObjectPatch patch, string? subresource, CancellationToken cancellation) =>
        WriteAsync(inner.PatchAsync(type, key, patch, subresource, cancellation));

    public Task<bool> DeleteAsync(ResourceType type, ResourceKey key, string? uid, CancellationToken cancellation) => inner.DeleteAsync(type, key, uid, cancellation);

    private async Task<JsonObject> WriteAsync(Task<JsonObject> write)
    {
        try
        {
            return await write;
        }
        catch (ClusterException refusal) when (refusal.Reason == ClusterReasons.Conflict)
        {
            refused.TrySetResult();
            throw;
        }
    }
}
