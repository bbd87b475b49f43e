using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.ReplicaSets;

/// <summary>Which pods go when there are too many: those first that would be missed least.</summary>
internal static class Surplus
{
    public static IEnumerable<JsonObject> Choose(IEnumerable<JsonObject> pods, int count) => pods
        .OrderBy(p => p.TextAt("spec", "nodeName") is { Length: > 0 })
        .ThenBy(p => p.TextAt("status", "phase") == "Running")
        .ThenBy(p => p.IsReady())
        .ThenByDescending(p => p["status"].Condition("Ready").MomentAt("lastTransitionTime"))
        .ThenByDescending(Restarts)
        .ThenByDescending(p => p.Created())
        .ThenBy(p => p.Name(), StringComparer.Ordinal)
        .Take(Math.Max(0, count));

    private static long Restarts(JsonObject pod) =>
        pod.ObjectsAt("status", "containerStatuses").Select(c => c.NumberAt("restartCount") ?? 0).DefaultIfEmpty().Max();
}
