using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>Whether pods of a spec may be on a node: its nodeSelector, the one rule of scheduling that the sandbox has.</summary>
internal static class NodeFit
{
    public static bool Fits(JsonNode? podSpec, JsonObject node) =>
        LabelMatch.MatchesAll(podSpec.ObjectAt("nodeSelector"), node.ObjectAt("metadata", "labels"));
}
