using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Tests.Doubles;

/// <summary>RFC 7386's own pseudo-code, as the judge of our patches.</summary>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var result = target is JsonObject obj ? obj.DeepClone().AsObject() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
                result.Remove(name);
            else
                result[name] = Apply(result[name], value);
        }

        return result;
    }
}
