using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Controller.Observing;

/// <summary>Who had the same target or the same apex Service first: by creation time, and by name where that is equal.</summary>
internal static class Rivals
{
    public static string? Of(ClusterCache cache, JsonObject canary) =>
        Sharing(cache, canary)
            .Where(other => other.Uid != canary.Uid && IsBefore(other, canary))
            .OrderBy(other => other.CreatedAt).ThenBy(other => other.Name, StringComparer.Ordinal)
            .FirstOrDefault()?.Name;

    /// <summary>Every Canary with the same target or apex, this one included.</summary>
    public static IEnumerable<JsonObject> Sharing(ClusterCache cache, JsonObject canary)
    {
        var target = CanaryIndexes.TargetOf(canary);
        var apex = CanaryIndexes.ApexOf(canary);
        return cache.Canaries.Store.Find(CanaryIndexes.Target, $"{canary.Namespace}/{target}")
            .Concat(cache.Canaries.Store.Find(CanaryIndexes.Apex, $"{canary.Namespace}/{apex}"))
            .DistinctBy(other => other.Uid);
    }

    private static bool IsBefore(JsonObject other, JsonObject canary) =>
        (other.CreatedAt, other.Name) is var (at, name) && (at < canary.CreatedAt
            || (at == canary.CreatedAt && string.CompareOrdinal(name, canary.Name) < 0));
}
