using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Patching;

/// <summary>The smallest RFC 7386 merge patch from what is to what is wanted.</summary>
public static class MergeDiff
{
    /// <summary>
    /// Null where nothing differs. <paramref name="wanted"/> is the whole object, grown from <paramref name="live"/>: a member that it
    /// lacks, or has as null, shall not be. A list is one value: where it differs at all, the patch carries it whole.
    /// </summary>
    public static JsonObject? Between(JsonObject live, JsonObject wanted)
    {
        var patch = new JsonObject();
        foreach (var name in live.Where(member => member.Value is not null && wanted[member.Key] is null).Select(member => member.Key))
            patch[name] = null;
        foreach (var (name, value) in wanted.Where(member => member.Value is not null))
        {
            var now = live[name];
            if (value is JsonObject wantedObject && now is JsonObject liveObject)
            {
                if (Between(liveObject, wantedObject) is { } inner)
                    patch[name] = inner;
            }
            else if (!JsonNode.DeepEquals(now, value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        return patch.Count == 0 ? null : patch;
    }
}
