using Rollouts.Core;
using Rollouts.Kubernetes;

namespace Rollouts.Controller;

/// <summary>The API's names for the kinds that we read and write.</summary>
internal static class ClusterKinds
{
    public static readonly ResourceType Deployments = new("apps", "v1", "deployments", "Deployment");
    public static readonly ResourceType DaemonSets = new("apps", "v1", "daemonsets", "DaemonSet");
    public static readonly ResourceType ReplicaSets = new("apps", "v1", "replicasets", "ReplicaSet");
    public static readonly ResourceType ControllerRevisions = new("apps", "v1", "controllerrevisions", "ControllerRevision");
    public static readonly ResourceType Pods = new("", "v1", "pods", "Pod");
    public static readonly ResourceType Services = new("", "v1", "services", "Service");
    public static readonly ResourceType EndpointSlices = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
    public static readonly ResourceType HorizontalPodAutoscalers = new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");
    public static readonly ResourceType ScaledObjects = new("keda.sh", "v1alpha1", "scaledobjects", "ScaledObject");
    public static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap");
    public static readonly ResourceType Secrets = new("", "v1", "secrets", "Secret");
    public static readonly ResourceType VirtualServices = new("networking.istio.io", "v1beta1", "virtualservices", "VirtualService");
    public static readonly ResourceType DestinationRules = new("networking.istio.io", "v1beta1", "destinationrules", "DestinationRule");

    public static readonly ResourceType Events = new("", "v1", "events", "Event");
    public static readonly ResourceType Leases = new("coordination.k8s.io", "v1", "leases", "Lease");

    public static ResourceType Canaries(string group) => new(group, "v1beta1", "canaries", "Canary");

    public static ResourceType Of(ObjectKind kind, string group) => kind switch
    {
        ObjectKind.Canary => Canaries(group),
        ObjectKind.Deployment => Deployments,
        ObjectKind.DaemonSet => DaemonSets,
        ObjectKind.Service => Services,
        ObjectKind.ControllerRevision => ControllerRevisions,
        ObjectKind.HorizontalPodAutoscaler => HorizontalPodAutoscalers,
        ObjectKind.ScaledObject => ScaledObjects,
        ObjectKind.ConfigMap => ConfigMaps,
        ObjectKind.Secret => Secrets,
        ObjectKind.VirtualService => VirtualServices,
        ObjectKind.DestinationRule => DestinationRules,
    };
}
