using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>What controllers want to know of a pod.</summary>
internal static class PodReading
{
    /// <summary>Whether the pod counts: it has not ended and nobody deleted it.</summary>
    public static bool IsActive(this JsonObject pod) => !pod.IsDeleting() && !pod.HasEnded();

    public static bool HasEnded(this JsonObject pod) => pod.TextAt("status", "phase") is "Succeeded" or "Failed";

    public static bool IsReady(this JsonObject pod) => pod["status"].Condition("Ready").TextAt("status") == "True";

    /// <summary>When the pod is or was available, if it stays ready: ready for that long; null while it is not ready.</summary>
    public static DateTimeOffset? AvailableFrom(this JsonObject pod, TimeSpan minReady)
    {
        if (!pod.IsReady())
            return null;
        if (minReady <= TimeSpan.Zero)
            return DateTimeOffset.MinValue;
        // Who says Ready without saying since when never makes a pod available where minReadySeconds are asked for: as upstream.
        return pod["status"].Condition("Ready").MomentAt("lastTransitionTime") + minReady;
    }

    public static bool IsAvailable(this JsonObject pod, TimeSpan minReady, DateTimeOffset now) => pod.AvailableFrom(minReady) <= now;

    /// <summary>How long until the next of the pods becomes available by the passing of time alone.</summary>
    public static TimeSpan? UntilNextAvailable(this IEnumerable<JsonObject> pods, TimeSpan minReady, DateTimeOffset now) =>
        pods.Select(p => p.AvailableFrom(minReady) - now).Where(wait => wait > TimeSpan.Zero).Min();
}
