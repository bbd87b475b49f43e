using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer;

/// <summary>
/// The door to the cluster for the sandbox's own controllers: the rules of the HTTP door (defaults, validation, optimistic
/// concurrency, generation, finalizers, history) without HTTP. What comes out is the caller's own copy; what goes in is copied.
/// Refusals are <see cref="ApiException"/>.
/// </summary>
public interface ICluster
{
    JsonObject? Get(ResourceKind kind, string? ns, string name);

    /// <summary>Every object of the kind, in one namespace or in all.</summary>
    IReadOnlyList<JsonObject> List(ResourceKind kind, string? ns = null);

    JsonObject Create(ResourceKind kind, JsonObject obj);

    /// <summary>As PUT does: a resourceVersion in the object is a precondition (409), none is none.</summary>
    /// <param name="subresource">null, "status" or "scale".</param>
    JsonObject Update(ResourceKind kind, JsonObject obj, string? subresource = null);

    /// <summary>As DELETE with background propagation does; false where there is no such object.</summary>
    bool Delete(ResourceKind kind, string? ns, string name);

    /// <summary>What is there as ADDED, then every change, in order; ends only with the token.</summary>
    IAsyncEnumerable<ClusterEvent> WatchAsync(ResourceKind kind, CancellationToken cancellation);
}

/// <param name="Type">ADDED, MODIFIED or DELETED.</param>
public sealed record ClusterEvent(string Type, JsonObject Object);
