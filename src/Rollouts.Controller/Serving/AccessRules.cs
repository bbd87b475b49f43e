using System.Text.Json.Nodes;
using Rollouts.Kubernetes;

namespace Rollouts.Controller.Serving;

/// <summary>What the controller may do in a cluster, and no more. The ClusterRole in samples/install is made from it.</summary>
public static class AccessRules
{
    private static readonly string[] Look = ["list", "watch"];

    // "get" is asked for when somebody was quicker: a create finds that it is there, or a write that it has changed.
    private static readonly string[] Own = ["create", "delete", "get", "list", "patch", "watch"];

    /// <summary>The rules as a ClusterRole has them, by API group and resource.</summary>
    public static JsonObject ClusterRole() => new()
    {
        ["apiVersion"] = "rbac.authorization.k8s.io/v1",
        ["kind"] = "ClusterRole",
        ["metadata"] = new JsonObject { ["name"] = "rollouts" },
        ["rules"] = new JsonArray(
            Rule(ClusterKinds.Canaries("rollouts.dev"), ["get", "list", "patch", "watch"]),
            Rule(ClusterKinds.Canaries("rollouts.dev"), ["update"], "status"),
            Rule(ClusterKinds.Deployments, Own),
            Rule(ClusterKinds.DaemonSets, Own),
            Rule(ClusterKinds.ControllerRevisions, ["create", "delete", "get", "list", "watch"]),
            Rule(ClusterKinds.ReplicaSets, Look),
            Rule(ClusterKinds.HorizontalPodAutoscalers, Own),
            Rule(ClusterKinds.ScaledObjects, Own),
            Rule(ClusterKinds.Pods, Look),
            Rule(ClusterKinds.Services, Own),
            Rule(ClusterKinds.EndpointSlices, Look),
            Rule(ClusterKinds.VirtualServices, Own),
            Rule(ClusterKinds.DestinationRules, Own),
            Rule(ClusterKinds.Secrets, ["get"]),
            Rule(ClusterKinds.Events, ["create", "get"])),
    };

    /// <summary>What config tracking needs besides. Leave it out, with <c>--enable-config-tracking=false</c>, where nobody may read Secrets.</summary>
    public static JsonObject ConfigRole() => new()
    {
        ["apiVersion"] = "rbac.authorization.k8s.io/v1",
        ["kind"] = "ClusterRole",
        ["metadata"] = new JsonObject { ["name"] = "rollouts-configs" },
        ["rules"] = new JsonArray(Rule(ClusterKinds.ConfigMaps, Own), Rule(ClusterKinds.Secrets, Own)),
    };

    /// <summary>What the holder of the lease needs in its own namespace.</summary>
    public static JsonObject LeaseRole() => new()
    {
        ["apiVersion"] = "rbac.authorization.k8s.io/v1",
        ["kind"] = "Role",
        ["metadata"] = new JsonObject { ["name"] = "rollouts-lease", ["namespace"] = "rollouts-system" },
        ["rules"] = new JsonArray(Rule(ClusterKinds.Leases, ["create", "get", "update"])),
    };

    private static JsonObject Rule(ResourceType type, string[] verbs, string? subresource = null) => new()
    {
        ["apiGroups"] = new JsonArray(type.Group),
        ["resources"] = new JsonArray(subresource is null ? type.Plural : $"{type.Plural}/{subresource}"),
        ["verbs"] = new JsonArray([.. verbs.Select(verb => (JsonNode)verb)]),
    };
}
