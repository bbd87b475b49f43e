using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Patching;

/// <summary>The smallest RFC 7386 merge patch from what is to what is wanted.</summary>
public static class MergeDiff
{
    /// <summary>
    /// Null where nothing differs. Only what <paramref name="wanted"/> names is compared: other fields survive, and a null in it means that the
    /// field shall not be. A list is one value: where it differs at all, the patch carries it whole.
    /// </summary>
    public static JsonObject? Between(JsonObject live, JsonObject wanted)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in wanted)
        {
            var present = live.TryGetPropertyValue(name, out var now) && now is not null;
            if (value is null)
            {
                if (present)
                    patch[name] = null;
            }
            else if (value is JsonObject wantedObject && now is JsonObject liveObject)
            {
                if (Between(liveObject, wantedObject) is { } inner)
                    patch[name] = inner;
            }
            else if (!present || !JsonNode.DeepEquals(now, value))
            {
                patch[name] = value.DeepClone();
            }
        }

        return patch.Count == 0 ? null : patch;
    }
}
