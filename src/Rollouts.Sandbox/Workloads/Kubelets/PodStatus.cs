using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>The status of a pod at a stage of its life, as a kubelet writes it.</summary>
internal static class PodStatus
{
    /// <param name="pod">The pod; of its present status all that a kubelet does not own is kept.</param>
    /// <param name="now">The time that a condition gets that changes with this.</param>
    public static JsonObject Of(JsonObject pod, RunningPod running, PodStage stage, DateTimeOffset now)
    {
        JsonObject status = pod.ObjectAt("status")?.Copy() ?? [];
        bool pulled = stage.Kind is not (StageKind.PullFailed or StageKind.PullBackOff);
        status["phase"] = pulled ? "Running" : "Pending";
        status["hostIP"] = FakeNode.AddressOf(pod.TextAt("spec", "nodeName"));
        status["podIP"] = running.IP;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = running.IP });
        status["startTime"] = running.Started.Timestamp();
        bool ready = stage.Kind == StageKind.Ready;
        string names = string.Join(' ', pod.ObjectsAt("spec", "containers").Select(c => c.TextAt("name")));
        string unready = $"containers with unready status: [{names}]";
        SetCondition(status, "Initialized", true, null, null, now);
        SetCondition(status, "Ready", ready, "ContainersNotReady", unready, now);
        SetCondition(status, "ContainersReady", ready, "ContainersNotReady", unready, now);
        SetCondition(status, "PodScheduled", true, null, null, now);
        status["containerStatuses"] = new JsonArray(
            [.. pod.ObjectsAt("spec", "containers").Select(c => ContainerStatus.Of(pod, c, running, stage))]);
        return status;
    }

    /// <summary>The status of a pod that was told to end and did.</summary>
    public static JsonObject Ended(JsonObject pod)
    {
        JsonObject status = pod.ObjectAt("status")?.Copy() ?? [];
        status["phase"] = "Succeeded";
        return status;
    }

    /// <param name="reason">Only given where the condition is false, as <paramref name="message"/>.</param>
    public static void SetCondition(JsonObject status, string type, bool holds, string? reason, string? message, DateTimeOffset now)
    {
        JsonObject? before = status.Condition(type);
        string value = holds ? "True" : "False";
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = value,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = before.TextAt("status") == value ? before.At("lastTransitionTime")?.DeepClone() : now.Timestamp(),
        };
        if (!holds)
        {
            condition["reason"] = reason;
            condition["message"] = message;
        }
        if (before is null)
            status.PutCondition(condition);
        else
            before.ReplaceWith(condition);
    }
}
