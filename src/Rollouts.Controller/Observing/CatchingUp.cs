using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Controller.Observing;

internal static class CatchingUp
{
    /// <summary>
    /// Takes in an object that a refused write has shown the cache to be behind of. The watch may be dead and not known to be for minutes,
    /// and a way back must not wait for it.
    /// </summary>
    public static async Task CatchUpAsync(this ClusterCache cache, IClusterClient client, ResourceType type, ResourceKey key, CancellationToken cancellation)
    {
        if (await client.GetAsync(type, key.Namespace, key.Name, cancellation) is { } there)
            cache.Observe(type, there);
    }
}
