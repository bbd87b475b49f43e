using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>The columns of each kind.</summary>
internal static class Columns
{
    private static readonly TableColumn Name = new("Name", (o, _) => o.Name(), Format: "name");
    private static readonly TableColumn Age = new("Age", (o, now) => Ages.Since(o.TextAt("metadata", "creationTimestamp"), now));
    private static readonly TableColumn CreatedAt = new("Created At", (o, _) => o.TextAt("metadata", "creationTimestamp"), "date");

    private static readonly Dictionary<ResourceKind, TableColumn[]> ByKind = new()
    {
        [Kinds.ConfigMaps] = [Name, new("Data", (o, _) => Count(o, "data") + Count(o, "binaryData")), Age],
        [Kinds.Secrets] = [Name, new("Type", (o, _) => o.TextAt("type")), new("Data", (o, _) => Count(o, "data")), Age],
        [Kinds.Namespaces] = [Name, new("Status", (o, _) => o.TextAt("status", "phase")), Age],
        [Kinds.ServiceAccounts] = [Name, new("Secrets", (o, _) => o.ObjectsAt("secrets").Count()), Age],
        [Kinds.Leases] = [Name, new("Holder", (o, _) => o.TextAt("spec", "holderIdentity") ?? ""), Age],
        [Kinds.Nodes] = NodeColumns.All(Name, Age),
        [Kinds.Pods] = PodColumns.All(Name, Age),
        [Kinds.Deployments] = WorkloadColumns.Deployment(Name, Age),
        [Kinds.ReplicaSets] = WorkloadColumns.ReplicaSet(Name, Age),
        [Kinds.ReplicationControllers] = WorkloadColumns.ReplicaSet(Name, Age),
        [Kinds.DaemonSets] = WorkloadColumns.DaemonSet(Name, Age),
        [Kinds.StatefulSets] = WorkloadColumns.StatefulSet(Name, Age),
        [Kinds.Jobs] = WorkloadColumns.Job(Name, Age),
        [Kinds.CronJobs] = WorkloadColumns.CronJob(Name, Age),
        [Kinds.ControllerRevisions] = WorkloadColumns.ControllerRevision(Name, Age),
        [Kinds.Services] = NetworkColumns.Service(Name, Age),
        [Kinds.Endpoints] = NetworkColumns.Endpoints(Name, Age),
        [Kinds.EndpointSlices] = NetworkColumns.EndpointSlice(Name, Age),
        [Kinds.Ingresses] = NetworkColumns.Ingress(Name, Age),
        [Kinds.HorizontalPodAutoscalers] = OtherColumns.Autoscaler(Name, Age),
        [Kinds.PodDisruptionBudgets] = OtherColumns.DisruptionBudget(Name, Age),
        [Kinds.Events] = OtherColumns.Event(Name),
        [Kinds.RoleBindings] = OtherColumns.Binding(Name, Age),
        [Kinds.ClusterRoleBindings] = OtherColumns.Binding(Name, Age),
    };

    public static TableLayout Of(KindDefinition definition, string version) => definition.Custom is { } custom
        ? new TableLayout(custom[version].Columns.Definitions, custom[version].Columns.Cells)
        : TableLayout.Of(ByKind.GetValueOrDefault(definition.StoredKind) ?? [Name, CreatedAt]);

    private static int Count(JsonObject obj, string member) => obj.ObjectAt(member)?.Count ?? 0;
}
