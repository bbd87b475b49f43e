using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

/// <summary>What upstream fills in where a built-in object leaves it out.</summary>
internal static class Defaults
{
    private static readonly Dictionary<ResourceKind, Action<JsonObject>> ByKind = new()
    {
        [Kinds.Pods] = PodDefaults.Pod,
        [Kinds.PodTemplates] = o => PodDefaults.Template(o),
        [Kinds.ReplicationControllers] = WorkloadDefaults.ReplicationController,
        [Kinds.Deployments] = WorkloadDefaults.Deployment,
        [Kinds.ReplicaSets] = WorkloadDefaults.ReplicaSet,
        [Kinds.DaemonSets] = WorkloadDefaults.DaemonSet,
        [Kinds.StatefulSets] = WorkloadDefaults.StatefulSet,
        [Kinds.Jobs] = WorkloadDefaults.Job,
        [Kinds.CronJobs] = WorkloadDefaults.CronJob,
        [Kinds.Services] = ServiceDefaults.Service,
        [Kinds.Endpoints] = ServiceDefaults.Endpoints,
        [Kinds.EndpointSlices] = ServiceDefaults.EndpointSlice,
        [Kinds.Ingresses] = ServiceDefaults.Ingress,
        [Kinds.NetworkPolicies] = ServiceDefaults.NetworkPolicy,
        [Kinds.HorizontalPodAutoscalers] = AutoscalerDefaults.Autoscaler,
        [Kinds.PodDisruptionBudgets] = OtherDefaults.PodDisruptionBudget,
        [Kinds.Secrets] = OtherDefaults.Secret,
        [Kinds.Namespaces] = OtherDefaults.Namespace,
        [Kinds.Leases] = o => o.Ensure("spec"),
        [Kinds.Events] = OtherDefaults.Event,
        [Kinds.RoleBindings] = OtherDefaults.Binding,
        [Kinds.ClusterRoleBindings] = OtherDefaults.Binding,
        [Kinds.CustomResourceDefinitions] = DefinitionDefaults.Definition,
        [Kinds.PersistentVolumeClaims] = OtherDefaults.Claim,
    };

    public static void Apply(KindDefinition definition, JsonObject obj)
    {
        if (definition.Custom is null && ByKind.TryGetValue(definition.StoredKind, out var fill))
            fill(obj);
    }
}
