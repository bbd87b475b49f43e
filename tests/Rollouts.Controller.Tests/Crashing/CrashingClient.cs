using System.Text.Json.Nodes;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>Where a crash falls with respect to a write.</summary>
public enum CrashMoment { BeforeWrite, AfterWrite }

/// <summary>
/// A client whose process dies at its n-th write: before the write is sent, or after it was done and before the answer is read. From
/// then on nothing it is asked reaches the cluster.
/// </summary>
internal sealed class CrashingClient(IClusterClient inner, int? at, CrashMoment moment) : IClusterClient
{
    private readonly TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool counts;
    private int writes;

    /// <summary>Writes since <see cref="Arm"/>.</summary>
    public int Writes => Volatile.Read(ref writes);

    /// <summary>Told of each write that counts, by its number from 1: before it is sent, and when it was done unless it was refused.</summary>
    public Action<int, CrashMoment> Witness { get; init; } = (_, _) => { };

    /// <summary>Ends when the crash has come; never where none is due.</summary>
    public Task Died => died.Task;

    /// <summary>Writes count from here on.</summary>
    public void Arm() => counts = true;

    public Task<JsonObject?> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellation) =>
        Alive(() => inner.GetAsync(type, ns, name, cancellation));

    public Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, CancellationToken cancellation) =>
        Alive(() => inner.ListAsync(type, ns, labelSelector, cancellation));

    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, string? ns, string? labelSelector, string resourceVersion, CancellationToken cancellation) =>
        inner.WatchAsync(type, ns, labelSelector, resourceVersion, cancellation);

    public Task<JsonObject> CreateAsync(ResourceType type, JsonObject obj, CancellationToken cancellation) =>
        Write(() => inner.CreateAsync(type, obj, cancellation));

    public Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject obj, string? subresource, CancellationToken cancellation) =>
        Write(() => inner.ReplaceAsync(type, obj, subresource, cancellation));

    public Task<JsonObject> PatchAsync(ResourceType type, ResourceKey key, ObjectPatch patch, string? subresource, CancellationToken cancellation) =>
        Write(() => inner.PatchAsync(type, key, patch, subresource, cancellation));

    public Task<bool> DeleteAsync(ResourceType type, ResourceKey key, string? uid, CancellationToken cancellation) =>
        Write(() => inner.DeleteAsync(type, key, uid, cancellation));

    private async Task<T> Write<T>(Func<Task<T>> send)
    {
        int? number = counts ? Interlocked.Increment(ref writes) : null;
        var due = number is not null && number == at;
        if (due && moment == CrashMoment.BeforeWrite)
            died.TrySetResult();
        if (number is { } next)
            Witness(next, CrashMoment.BeforeWrite);
        var answer = await Alive(send);
        if (number is { } done)
            Witness(done, CrashMoment.AfterWrite);
        if (due)
            died.TrySetResult();
        return await Alive(() => Task.FromResult(answer));
    }

    private Task<T> Alive<T>(Func<Task<T>> ask) =>
        died.Task.IsCompleted ? Task.FromException<T>(new InvalidOperationException("This process is dead.")) : ask();
}
