using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core;

/// <param name="Traffic">Where the route sends requests; null where there is no route of ours or its rules disagree.</param>
/// <param name="Since">Since when this process has seen it so.</param>
public sealed record RouteFacts(bool Exists, Traffic? Traffic, DateTimeOffset Since)
{
    public static RouteFacts None { get; } = new(false, null, DateTimeOffset.MinValue);

    public Split? Split => Traffic?.Split;

    public bool IsAt(Traffic traffic) => Traffic == traffic;
}
