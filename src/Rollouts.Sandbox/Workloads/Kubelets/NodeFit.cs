using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>
/// Whether pods of a spec may be on a node, by the two rules of scheduling that the sandbox has: the nodeSelector, and the node's name
/// that the pods of DaemonSets require.
/// </summary>
internal static class NodeFit
{
    public static bool Fits(JsonNode? podSpec, JsonObject node) =>
        LabelMatch.MatchesAll(podSpec.ObjectAt("nodeSelector"), node.ObjectAt("metadata", "labels"))
        && (RequiredNode(podSpec) is not { } name || name == node.Name());

    /// <summary>The one node that a spec is tied to; null where it is tied to none.</summary>
    public static string? RequiredNode(JsonNode? podSpec) => podSpec
        .ObjectsAt("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
        .SelectMany(term => term.ObjectsAt("matchFields"))
        .FirstOrDefault(field => field.TextAt("key") == "metadata.name").ArrayAt("values")?.FirstOrDefault().AsText();
}
