using System.Text.Json.Nodes;
using Rollouts.Core.Routing;

namespace Rollouts.Core.Targets;

/// <summary>
/// A DaemonSet has no replicas: it is at zero when its pods ask for a node with a label that no node has. The selector is no part of a
/// revision: setting it and taking it away starts no run.
/// </summary>
public static class DaemonRest
{
    public const string Label = "rollouts.dev/scale-to-zero";

    /// <summary>What Flagger leaves on a DaemonSet that it scaled to zero, and so what a migrated one still has.</summary>
    private const string FlaggerLabel = "flagger.app/scale-to-zero";

    public static bool IsIn(JsonNode? template) =>
        template?["spec"]?["nodeSelector"] is JsonObject nodes && (nodes.ContainsKey(Label) || nodes.ContainsKey(FlaggerLabel));

    /// <summary>The spec of a DaemonSet whose pods may run.</summary>
    public static JsonObject Without(JsonObject spec)
    {
        if (!IsIn(spec["template"]))
            return spec;
        var awake = spec.DeepClone().AsObject();
        Take(awake);
        return awake;
    }

    /// <summary>Lets the pods run, in place.</summary>
    internal static void Take(JsonObject spec)
    {
        if (!IsIn(spec["template"]))
            return;
        var pod = spec.Section("template").Section("spec");
        var nodes = pod.Section("nodeSelector");
        nodes.Remove(Label);
        nodes.Remove(FlaggerLabel);
        if (nodes.Count == 0)
            pod.Remove("nodeSelector");
    }

    /// <summary>Lets no pod run, in place.</summary>
    internal static void Put(JsonObject spec)
    {
        if (!IsIn(spec["template"]))
            spec.Section("template").Section("spec").Section("nodeSelector")[Label] = "true";
    }
}
