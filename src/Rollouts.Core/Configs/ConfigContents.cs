using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Routing;

namespace Rollouts.Core.Configs;

/// <summary>A copy of a ConfigMap or Secret: what it holds and its type, immutable if it is to be, and marked as ours.</summary>
public static class ConfigContents
{
    private static readonly string[] Fields = ["data", "binaryData", "type"];

    /// <param name="shaped">The copy as it is there, or just its name; changed in place.</param>
    /// <param name="source">The whole source.</param>
    /// <param name="canary">The Canary's name.</param>
    public static void Fill(JsonObject shaped, JsonObject source, Change.Copy copy, string canary)
    {
        var labels = shaped.Section("metadata").Section("labels");
        labels.Put(copy.Labels);
        labels[Names.OwnerLabel] = canary;
        labels[Names.MadeByLabel] = Names.MadeBy;
        foreach (var field in Fields)
        {
            shaped.Remove(field);
            if (source[field] is { } value)
                shaped[field] = value.DeepClone();
        }
        shaped.Remove("immutable");
        if (copy.IsImmutable)
            shaped["immutable"] = true;
    }
}
