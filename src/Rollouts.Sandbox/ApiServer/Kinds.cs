namespace Rollouts.Sandbox.ApiServer;

/// <summary>The built-in kinds that the sandbox serves, each in the version that it is stored in.</summary>
public static class Kinds
{
    public static readonly ResourceKind ConfigMaps = Core("configmaps", "ConfigMap");
    public static readonly ResourceKind Endpoints = Core("endpoints", "Endpoints");
    public static readonly ResourceKind Events = Core("events", "Event");
    public static readonly ResourceKind LimitRanges = Core("limitranges", "LimitRange");
    public static readonly ResourceKind Namespaces = Core("namespaces", "Namespace", false);
    public static readonly ResourceKind Nodes = Core("nodes", "Node", false);
    public static readonly ResourceKind PersistentVolumeClaims = Core("persistentvolumeclaims", "PersistentVolumeClaim");
    public static readonly ResourceKind PersistentVolumes = Core("persistentvolumes", "PersistentVolume", false);
    public static readonly ResourceKind Pods = Core("pods", "Pod");
    public static readonly ResourceKind PodTemplates = Core("podtemplates", "PodTemplate");
    public static readonly ResourceKind ReplicationControllers = Core("replicationcontrollers", "ReplicationController");
    public static readonly ResourceKind ResourceQuotas = Core("resourcequotas", "ResourceQuota");
    public static readonly ResourceKind Secrets = Core("secrets", "Secret");
    public static readonly ResourceKind ServiceAccounts = Core("serviceaccounts", "ServiceAccount");
    public static readonly ResourceKind Services = Core("services", "Service");

    public static readonly ResourceKind ControllerRevisions = new("apps", "v1", "controllerrevisions", "ControllerRevision", true);
    public static readonly ResourceKind DaemonSets = new("apps", "v1", "daemonsets", "DaemonSet", true);
    public static readonly ResourceKind Deployments = new("apps", "v1", "deployments", "Deployment", true);
    public static readonly ResourceKind ReplicaSets = new("apps", "v1", "replicasets", "ReplicaSet", true);
    public static readonly ResourceKind StatefulSets = new("apps", "v1", "statefulsets", "StatefulSet", true);

    public static readonly ResourceKind HorizontalPodAutoscalers =
        new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true);
    public static readonly ResourceKind CronJobs = new("batch", "v1", "cronjobs", "CronJob", true);
    public static readonly ResourceKind Jobs = new("batch", "v1", "jobs", "Job", true);
    public static readonly ResourceKind Leases = new("coordination.k8s.io", "v1", "leases", "Lease", true);
    public static readonly ResourceKind EndpointSlices = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);
    public static readonly ResourceKind IngressClasses = new("networking.k8s.io", "v1", "ingressclasses", "IngressClass", false);
    public static readonly ResourceKind Ingresses = new("networking.k8s.io", "v1", "ingresses", "Ingress", true);
    public static readonly ResourceKind NetworkPolicies = new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true);
    public static readonly ResourceKind PodDisruptionBudgets = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);
    public static readonly ResourceKind ClusterRoleBindings =
        new("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", false);
    public static readonly ResourceKind ClusterRoles = new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false);
    public static readonly ResourceKind RoleBindings = new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding", true);
    public static readonly ResourceKind Roles = new("rbac.authorization.k8s.io", "v1", "roles", "Role", true);
    public static readonly ResourceKind PriorityClasses = new("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", false);
    public static readonly ResourceKind StorageClasses = new("storage.k8s.io", "v1", "storageclasses", "StorageClass", false);
    public static readonly ResourceKind CustomResourceDefinitions =
        new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);
    public static readonly ResourceKind ApiServices = new("apiregistration.k8s.io", "v1", "apiservices", "APIService", false);

    private static ResourceKind Core(string plural, string kind, bool namespaced = true) => new("", "v1", plural, kind, namespaced);
}
