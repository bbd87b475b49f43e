using System.Collections.Concurrent;
using Rollouts.Core.Routing;
using Rollouts.Kubernetes;

namespace Rollouts.Controller.Observing;

/// <summary>
/// Since when this process has seen a route as it is. A step's clock starts there. It is not written down: after a restart a step is
/// given its whole interval again, which costs time and never safety.
/// </summary>
internal sealed class RouteMemory
{
    private readonly ConcurrentDictionary<ResourceKey, (Traffic? Traffic, DateTimeOffset Since)> routes = new();
    private readonly ConcurrentDictionary<ResourceKey, DateTimeOffset> handedBack = new();

    public DateTimeOffset TrafficSince(ResourceKey key, Traffic? traffic, DateTimeOffset now) =>
        routes.AddOrUpdate(key, _ => (traffic, now), (_, known) => known.Traffic == traffic ? known : (traffic, now)).Since;

    public DateTimeOffset? HandedBackSince(ResourceKey key, bool isHandedBack, DateTimeOffset now)
    {
        if (isHandedBack)
            return handedBack.GetOrAdd(key, now);
        handedBack.TryRemove(key, out _);
        return null;
    }

    public void Forget(ResourceKey key)
    {
        routes.TryRemove(key, out _);
        handedBack.TryRemove(key, out _);
    }
}
