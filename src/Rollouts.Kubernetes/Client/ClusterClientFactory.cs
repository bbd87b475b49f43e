using k8s;
using Microsoft.Extensions.Logging;

namespace Rollouts.Kubernetes.Client;

/// <summary>Finds the cluster. A kubeconfig that is missing or wrong is a <see cref="k8s.Exceptions.KubeConfigException"/>.</summary>
public sealed class ClusterClientFactory(ClusterClientOptions options, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>
    /// The kubeconfig that is given; without one, the service account of the pod we run in; without that, kubectl's default
    /// (KUBECONFIG, then ~/.kube/config).
    /// </summary>
    public ClusterClient Create(string? kubeconfig = null) =>
        kubeconfig is null && KubernetesClientConfiguration.IsInCluster() ? InCluster() : FromKubeconfig(kubeconfig);

    public ClusterClient FromKubeconfig(string? path = null) => With(KubeconfigFile.Load(path));

    public ClusterClient InCluster() => With(KubernetesClientConfiguration.InClusterConfig());

    private ClusterClient With(KubernetesClientConfiguration configuration) =>
        new(configuration, options, time, loggers.CreateLogger<ClusterClient>());
}
