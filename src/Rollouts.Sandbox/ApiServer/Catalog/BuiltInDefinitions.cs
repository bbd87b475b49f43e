using Rollouts.Sandbox.ApiServer.Storage;
using static Rollouts.Sandbox.ApiServer.Kinds;

namespace Rollouts.Sandbox.ApiServer.Catalog;

/// <summary>How a 1.26 control plane serves its own kinds.</summary>
internal static class BuiltInDefinitions
{
    public static readonly IReadOnlyList<KindDefinition> All =
    [
        Define(ConfigMaps, "cm"),
        Define(Endpoints, "ep") with { CreatesOnUpdate = true },
        Define(Events, "ev") with { CreatesOnUpdate = true },
        Define(new ResourceKind("events.k8s.io", "v1", "events", "Event", true), "ev") with
        {
            Shelf = new ShelfKey("", "events"),
            CreatesOnUpdate = true,
        },
        Define(LimitRanges, "limits") with { CreatesOnUpdate = true },
        Define(Namespaces, "ns") with
        {
            HasStatus = true,
            DeleteReturnsObject = true,
            Verbs = [.. KindDefinition.AllVerbs.Where(v => v != "deletecollection")],
        },
        Define(Nodes, "no") with { HasStatus = true },
        Define(PersistentVolumeClaims, "pvc") with { HasStatus = true, DeleteReturnsObject = true },
        Define(PersistentVolumes, "pv") with { HasStatus = true, DeleteReturnsObject = true },
        Define(Pods, "po") with { HasStatus = true, DeleteReturnsObject = true, Categories = ["all"] },
        Define(PodTemplates) with { HasGeneration = true, DeleteReturnsObject = true },
        Workload(ReplicationControllers, "rc") with { HasScale = true },
        Define(ResourceQuotas, "quota") with { HasStatus = true, DeleteReturnsObject = true },
        Define(Secrets),
        Define(ServiceAccounts, "sa") with { DeleteReturnsObject = true },
        Define(Services, "svc") with { HasStatus = true, CreatesOnUpdate = true, DeleteReturnsObject = true, Categories = ["all"] },
        Define(ControllerRevisions),
        Workload(DaemonSets, "ds"),
        Workload(Deployments, "deploy") with { HasScale = true },
        Workload(ReplicaSets, "rs") with { HasScale = true },
        Workload(StatefulSets, "sts") with { HasScale = true },
        Define(HorizontalPodAutoscalers, "hpa") with { HasStatus = true, Categories = ["all"], Versions = ["v2", "v1"] },
        Workload(CronJobs, "cj"),
        Workload(Jobs),
        Define(Leases) with { CreatesOnUpdate = true, NeedsVersionOnUpdate = true },
        Define(EndpointSlices) with { HasGeneration = true },
        Define(IngressClasses) with { HasGeneration = true },
        Define(Ingresses, "ing") with { HasStatus = true, HasGeneration = true },
        Define(NetworkPolicies, "netpol") with { HasStatus = true, HasGeneration = true },
        Define(PodDisruptionBudgets, "pdb") with { HasStatus = true, HasGeneration = true, NeedsVersionOnUpdate = true },
        Define(ClusterRoleBindings),
        Define(ClusterRoles),
        Define(RoleBindings),
        Define(Roles),
        Define(PriorityClasses, "pc") with { HasGeneration = true },
        Define(StorageClasses, "sc") with { DeleteReturnsObject = true },
        Define(CustomResourceDefinitions, "crd", "crds") with
        {
            HasStatus = true,
            HasGeneration = true,
            DeleteReturnsObject = true,
            Categories = ["api-extensions"],
        },
        Define(ApiServices) with { HasStatus = true, Categories = ["api-extensions"], NeedsVersionOnUpdate = true },
    ];

    public static readonly IReadOnlySet<string> Groups =
        All.Select(d => d.Kind.Group).Concat(["authentication.k8s.io", "authorization.k8s.io"]).ToHashSet();

    private static KindDefinition Workload(ResourceKind kind, params string[] shortNames) =>
        Define(kind, shortNames) with { HasStatus = true, HasGeneration = true, Categories = ["all"] };

    private static KindDefinition Define(ResourceKind kind, params string[] shortNames) => new(kind)
    {
        Versions = [kind.Version],
        Shelf = new ShelfKey(kind.Group, kind.Plural),
        ShortNames = shortNames,
    };
}
