using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Controller.Observing;

/// <summary>Whether a pod cannot run, as far as waiting would not mend it.</summary>
internal static class PodReading
{
    private static readonly string[] Hopeless = ["CrashLoopBackOff", "ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError"];

    public static PodFailure? Failure(JsonObject pod)
    {
        if (pod.IsBeingDeleted)
            return null;
        var containers = pod.Items("status", "initContainerStatuses").Concat(pod.Items("status", "containerStatuses"));
        return containers.Select(container => Failure(pod, container)).FirstOrDefault(failure => failure is not null);
    }

    /// <summary>Since when the scheduler finds no node for the pod; null where it found one.</summary>
    public static DateTimeOffset? UnschedulableSince(JsonObject pod) =>
        pod.Condition("PodScheduled") is { } condition && condition.Text("status") == "False" && condition.Text("reason") == "Unschedulable"
        && DateTimeOffset.TryParse(condition.Text("lastTransitionTime"), CultureInfo.InvariantCulture, out var since)
            ? since
            : null;

    private static PodFailure? Failure(JsonObject pod, JsonObject container)
    {
        var waiting = container.Text("state", "waiting", "reason");
        if (waiting is not null && Hopeless.Contains(waiting))
            return new PodFailure(pod.Name, waiting, LastWords(container));
        // Once may be a spike; a second time within the life of one pod it will be killed again.
        var killed = container.Text("lastState", "terminated", "reason") == "OOMKilled" || container.Text("state", "terminated", "reason") == "OOMKilled";
        return killed && container.Integer("restartCount") >= 2
            ? new PodFailure(pod.Name, "OOMKilled", $"container {container.Text("name")} was killed {container.Integer("restartCount")} times for want of memory")
            : null;
    }

    private static string LastWords(JsonObject container)
    {
        var said = container.Text("lastState", "terminated", "message") ?? container.Text("state", "waiting", "message");
        return container.Object("lastState", "terminated") is { } ended
            ? $"container {container.Text("name")} exited with {ended.Integer("exitCode")}{(said is null ? "" : $": {said}")}"
            : $"container {container.Text("name")}{(said is null ? " cannot start" : $": {said}")}";
    }
}
