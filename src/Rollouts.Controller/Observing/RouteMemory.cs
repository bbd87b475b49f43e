using System.Collections.Concurrent;
using Rollouts.Kubernetes;
using Rollouts.Model;

namespace Rollouts.Controller.Observing;

/// <summary>
/// Since when this process has seen a route as it is. A step's clock starts there. It is not written down: after a restart a step is
/// given its whole interval again, which costs time and never safety.
/// </summary>
internal sealed class RouteMemory
{
    private readonly ConcurrentDictionary<ResourceKey, (Split? Split, DateTimeOffset Since)> splits = new();
    private readonly ConcurrentDictionary<ResourceKey, DateTimeOffset> handedBack = new();

    public DateTimeOffset SplitSince(ResourceKey key, Split? split, DateTimeOffset now) =>
        splits.AddOrUpdate(key, _ => (split, now), (_, known) => known.Split == split ? known : (split, now)).Since;

    public DateTimeOffset? HandedBackSince(ResourceKey key, bool isHandedBack, DateTimeOffset now)
    {
        if (isHandedBack)
            return handedBack.GetOrAdd(key, now);
        handedBack.TryRemove(key, out _);
        return null;
    }

    public void Forget(ResourceKey key)
    {
        splits.TryRemove(key, out _);
        handedBack.TryRemove(key, out _);
    }
}
