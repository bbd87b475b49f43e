using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>Everything in the cluster that decides where a request goes and how it is counted.</summary>
internal sealed record MeshObjects(
    IReadOnlyList<JsonObject> VirtualServices,
    IReadOnlyList<JsonObject> DestinationRules,
    IReadOnlyList<JsonObject> Services,
    IReadOnlyList<JsonObject> Endpoints,
    IReadOnlyList<JsonObject> Pods,
    IReadOnlyList<JsonObject> ReplicaSets);
