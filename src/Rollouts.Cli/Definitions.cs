using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Model;
using Rollouts.Model.Definition;

namespace Rollouts.Cli;

/// <summary>The definitions of custom resources without which nothing works.</summary>
internal static class Definitions
{
    private const string Ours = "install the definition: kubectl apply -f crds/";

    private static readonly ResourceType[] Istio =
    [
        new("networking.istio.io", "v1beta1", "virtualservices", "VirtualService"),
        new("networking.istio.io", "v1beta1", "destinationrules", "DestinationRule"),
    ];

    public static ResourceType Canaries(string group = CanaryDefinition.Group) =>
        new(group, CanaryDefinition.Version, CanaryDefinition.Plural, CanaryDefinition.Kind);

    public static ResourceType Targets(TargetKind kind) => kind switch
    {
        TargetKind.Deployment => new("apps", "v1", "deployments", "Deployment"),
        TargetKind.DaemonSet => new("apps", "v1", "daemonsets", "DaemonSet"),
        TargetKind.Service => new("", "v1", "services", "Service"),
    };

    public static Trouble Missing(string what) => new($"the cluster has no such kind: {what.Trim()}", Ours);

    /// <exception cref="Trouble">A definition is not installed.</exception>
    public static async Task CheckAsync(IClusterClient client, string group, string? ns, CancellationToken cancellation)
    {
        await CheckAsync(client, Canaries(group), ns, group == CanaryDefinition.Group ? Ours : $"install the CRDs of {group}, or choose another --api-group", cancellation);
        foreach (var type in Istio)
            await CheckAsync(client, type, ns, "install Istio, or at least its CRDs", cancellation);
    }

    private static async Task CheckAsync(IClusterClient client, ResourceType type, string? ns, string mend, CancellationToken cancellation)
    {
        try
        {
            // A list, because that is what the controller's role allows.
            await client.ListAsync(type, ns, null, cancellation);
        }
        catch (ClusterException refusal) when (refusal.Reason == ClusterReasons.UnknownResource)
        {
            throw new Trouble($"the cluster has no {type}", mend);
        }
    }
}
