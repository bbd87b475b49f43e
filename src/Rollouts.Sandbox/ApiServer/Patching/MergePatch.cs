using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>JSON merge patch, RFC 7386: null deletes, objects merge, everything else (lists too) is replaced.</summary>
public static class MergePatch
{
    /// <returns>A document of its own; neither argument is changed.</returns>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();

        var merged = target is JsonObject before ? before.DeepClone().AsObject() : [];
        Merge(merged, changes);
        return merged;
    }

    /// <summary>The same for a patch as it came in a request.</summary>
    /// <exception cref="ApiException">400 where the patch is not an object.</exception>
    public static JsonObject ApplyRequest(JsonObject target, JsonNode? patch) => patch is JsonObject changes
        ? Apply(target, changes)!.AsObject()
        : throw MalformedPatch.Because(patch, "map[string]interface {}");

    private static void Merge(JsonObject into, JsonObject changes)
    {
        foreach (var (name, change) in changes)
        {
            if (change is null)
                into.Remove(name);
            else if (change is not JsonObject inner)
                into[name] = change.DeepClone();
            else if (into[name] is JsonObject existing)
                Merge(existing, inner);
            else
                into[name] = Apply(null, inner);
        }
    }
}
