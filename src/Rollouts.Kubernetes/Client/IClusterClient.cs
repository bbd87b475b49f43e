using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Client;

/// <summary>
/// Untyped access to a cluster: objects are <see cref="JsonObject"/>, so that fields we do not know survive. A refusal is a
/// <see cref="ClusterException"/>. Writes are never retried here except where the server asked for it (429 with Retry-After).
/// </summary>
public interface IClusterClient
{
    /// <summary>The object, or null where there is none.</summary>
    Task<JsonObject?> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellation);

    /// <summary>One page-collected, consistent list; ns null means all namespaces.</summary>
    Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, CancellationToken cancellation);

    /// <summary>Changes after the version, until the server ends the watch; a version too old is a <see cref="ClusterException"/> with code 410.</summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, string? ns, string? labelSelector, string resourceVersion, CancellationToken cancellation);

    Task<JsonObject> CreateAsync(ResourceType type, JsonObject obj, CancellationToken cancellation);

    /// <summary>PUT; the object's resourceVersion is the precondition.</summary>
    Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject obj, string? subresource, CancellationToken cancellation);

    Task<JsonObject> PatchAsync(ResourceType type, ResourceKey key, ObjectPatch patch, string? subresource, CancellationToken cancellation);

    /// <summary>True where the object was there. A uid, where given, is a precondition.</summary>
    Task<bool> DeleteAsync(ResourceType type, ResourceKey key, string? uid, CancellationToken cancellation);
}

public sealed record ResourceList(IReadOnlyList<JsonObject> Items, string ResourceVersion);

public enum WatchEventType { Added, Modified, Deleted, Bookmark }

public sealed record WatchEvent(WatchEventType Type, JsonObject Object);

public enum PatchKind { Json, Merge, Strategic }

/// <summary>A patch body with the content type that says how to read it.</summary>
public sealed record ObjectPatch(PatchKind Kind, JsonNode Body)
{
    public static ObjectPatch Merge(JsonObject body) => new(PatchKind.Merge, body);

    public static ObjectPatch Json(JsonArray operations) => new(PatchKind.Json, operations);
}

/// <summary>The API server's refusal: the HTTP code and the Status reason (Conflict, NotFound, AlreadyExists, Invalid, Expired ...).</summary>
public sealed class ClusterException(int code, string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;
}
