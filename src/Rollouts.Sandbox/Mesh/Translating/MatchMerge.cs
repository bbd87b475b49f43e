using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>
/// The matches of a delegate's rule within those of the rule that delegates, by Istio's rule: each must lie within one of the above, or
/// the whole rule is dropped.
/// </summary>
internal static class MatchMerge
{
    private static readonly string[] Texts = ["uri", "scheme", "method", "authority"];
    private static readonly string[] Maps = ["headers", "withoutHeaders", "queryParams"];

    /// <returns>null where a match of the delegate lies outside all those above.</returns>
    public static IReadOnlyList<JsonObject>? Merge(IReadOnlyList<JsonObject> above, IReadOnlyList<JsonObject> below)
    {
        if (above.Count == 0 || below.Count == 0)
            return above.Count == 0 ? below : above;
        var merged = below.Select(match => above.Where(outer => !Conflict(outer, match)).Select(outer => Join(outer, match)).ToList()).ToList();
        return merged.TrueForAll(found => found.Count > 0) ? [.. merged.SelectMany(found => found)] : null;
    }

    private static JsonObject Join(JsonObject above, JsonObject below)
    {
        var joined = above.Copy();
        foreach (var (name, value) in below)
        {
            if (Maps.Contains(name) && joined[name] is JsonObject entries)
                foreach (var (key, entry) in below.EntriesAt(name))
                    entries[key] = entry?.DeepClone();
            else
                joined[name] = value?.DeepClone();
        }
        return joined;
    }

    private static bool Conflict(JsonObject above, JsonObject below) =>
        above.TrueAt("ignoreUriCase") != below.TrueAt("ignoreUriCase")
        || Texts.Any(name => Outside(above[name], below[name]))
        || Maps.Any(name => above.EntriesAt(name).Any(entry => Outside(entry.Value, below.At(name, entry.Key))))
        || (above.NumberAt("port") is { } port && below.NumberAt("port") is { } other && port != other)
        || (above.TextsAt("gateways").Any() && below.TextsAt("gateways").Except(above.TextsAt("gateways")).Any());

    // Nobody can tell whether one regular expression lies within another: Istio then takes neither beside another condition.
    private static bool Outside(JsonNode? above, JsonNode? below)
    {
        if (above is not JsonObject || below is not JsonObject)
            return false;
        if (above.TextAt("regex") is not null || below.TextAt("regex") is not null)
            return true;
        if (above.TextAt("exact") is { } exact)
            return below.TextAt("exact") != exact;
        return above.TextAt("prefix") is { } prefix
            && (below.TextAt("exact") ?? below.TextAt("prefix"))?.StartsWith(prefix, StringComparison.Ordinal) is not true;
    }
}
