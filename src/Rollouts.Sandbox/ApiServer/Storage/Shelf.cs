using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Storage;

/// <summary>Where the objects of one kind are kept, whatever version they are served in.</summary>
internal readonly record struct ShelfKey(string Group, string Plural);

/// <summary>One write. An object that came into being has no state before, one that is gone has none after.</summary>
internal sealed record Change(long Revision, string Key, JsonObject? Before, JsonObject? After);

/// <summary>Every object of a kind at one revision, by <c>NAMESPACE/NAME</c> in byte order, as etcd has them.</summary>
internal sealed record Snapshot(long Revision, ImmutableSortedDictionary<string, JsonObject> Objects);

internal sealed class Shelf
{
    public ImmutableSortedDictionary<string, JsonObject> Objects { get; set; } =
        ImmutableSortedDictionary.Create<string, JsonObject>(StringComparer.Ordinal);

    public Queue<Change> History { get; } = new();

    /// <summary>The revision of the last change that history no longer has.</summary>
    public long Forgotten { get; set; }

    public List<Subscription> Subscriptions { get; } = [];
}
