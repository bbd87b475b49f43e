using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>What an object must be before it is stored.</summary>
internal static class Rules
{
    private static readonly Dictionary<ResourceKind, Action<JsonObject, JsonObject?, Faults>> ByKind = new()
    {
        [Kinds.ConfigMaps] = OtherRules.ConfigMap,
        [Kinds.Secrets] = OtherRules.Secret,
        [Kinds.Leases] = OtherRules.Lease,
        [Kinds.Events] = OtherRules.Event,
        [Kinds.HorizontalPodAutoscalers] = OtherRules.Autoscaler,
        [Kinds.Roles] = OtherRules.Role,
        [Kinds.ClusterRoles] = OtherRules.Role,
        [Kinds.RoleBindings] = OtherRules.Binding,
        [Kinds.ClusterRoleBindings] = OtherRules.Binding,
        [Kinds.Services] = ServiceRules.Service,
        [Kinds.EndpointSlices] = ServiceRules.EndpointSlice,
        [Kinds.Ingresses] = ServiceRules.Ingress,
        [Kinds.Deployments] = WorkloadRules.Deployment,
        [Kinds.ReplicaSets] = WorkloadRules.ReplicaSet,
        [Kinds.DaemonSets] = WorkloadRules.DaemonSet,
        [Kinds.StatefulSets] = WorkloadRules.StatefulSet,
        [Kinds.Jobs] = WorkloadRules.Job,
        [Kinds.CronJobs] = WorkloadRules.CronJob,
        [Kinds.Pods] = Pod,
        [Kinds.CustomResourceDefinitions] = DefinitionRules.Check,
    };

    /// <exception cref="ApiException">422 with every fault.</exception>
    public static void Check(KindDefinition definition, JsonObject obj, JsonObject? old)
    {
        var faults = new Faults();
        MetadataRules.Check(definition, obj, faults);
        if (old is not null)
            MetadataRules.CheckUpdate(old, obj, faults);
        if (definition.Custom is null && ByKind.TryGetValue(definition.StoredKind, out var check))
            check(obj, old, faults);
        if (definition.Kind.Group == "events.k8s.io" && old is null)
            OtherRules.NewEvent(obj, faults);
        if (faults.Causes.Count > 0)
            throw Refusals.Invalid(Named(definition), obj.Name(), faults.Causes);
    }

    // Upstream has kept the old group of Ingress, and the core one of Event, in its refusals.
    private static ResourceKind Named(KindDefinition definition) =>
        definition.Kind == Kinds.Ingresses ? definition.Kind with { Group = "extensions" } : definition.StoredKind;

    private static void Pod(JsonObject pod, JsonObject? old, Faults faults)
    {
        PodRules.Check(pod.Ensure("spec"), "spec", faults);
        if (old is not null)
            PodRules.CheckUpdate(old, pod, faults);
    }
}
