using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>How a list is merged: by server-side apply (kind, keys) and by a strategic merge patch (merge key, words).</summary>
public sealed record ListRule(ListKind Kind, IReadOnlyList<string> Keys, string? MergeKey = null, bool MergesWords = false)
{
    public static ListRule Replaced { get; } = new(ListKind.Atomic, []);

    public static ListRule Words { get; } = new(ListKind.Set, [], MergesWords: true);

    public IReadOnlyDictionary<string, JsonNode> KeyDefaults { get; init; } = FrozenDictionary<string, JsonNode>.Empty;

    public static ListRule By(params string[] keys) => new(ListKind.Map, keys, keys[0]);
}
