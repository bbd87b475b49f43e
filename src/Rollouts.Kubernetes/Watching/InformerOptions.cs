using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Timing;

namespace Rollouts.Kubernetes.Watching;

/// <summary>The values under which an object is found in an index; none where it is not.</summary>
public delegate IEnumerable<string> IndexValues(JsonObject obj);

/// <summary>What an informer watches and what it keeps of it.</summary>
public sealed record InformerOptions
{
    /// <summary>Null: all namespaces.</summary>
    public string? Namespace { get; init; }

    public string? LabelSelector { get; init; }

    /// <summary>
    /// Whether an object matches <see cref="LabelSelector"/>, for objects that we have just made ourselves; null leaves that to the watch.
    /// </summary>
    public Func<JsonObject, bool>? Matches { get; init; }

    /// <summary>Cuts fields that nobody reads from an object before it is kept, e.g. <see cref="Watching.Trim.ManagedFields"/>.</summary>
    public Action<JsonObject>? Trim { get; init; }

    /// <summary>Indexes of the store by name.</summary>
    public IReadOnlyDictionary<string, IndexValues> Indexes { get; init; } = new Dictionary<string, IndexValues>();

    /// <summary>Between attempts after a failure.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    /// <summary>Of the backoff's jitter; null takes one that differs between processes.</summary>
    public int? Seed { get; init; }
}
