using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>The Events of a pod's life, in the words of a real kubelet, for <c>kubectl describe</c>.</summary>
internal static class KubeletEvents
{
    public static void Tell(EventRecorder events, string component, JsonObject pod, PodStage stage)
    {
        foreach (JsonObject container in pod.ObjectsAt("spec", "containers"))
        {
            string name = container.TextAt("name") ?? "", image = container.TextAt("image") ?? "";
            var (reason, message) = stage.Kind switch
            {
                StageKind.Started => ("Started", $"Started container {name}"),
                StageKind.Ready => ("", ""),
                StageKind.CrashBackOff => ("BackOff",
                    $"Back-off restarting failed container {name} in pod {pod.Name()}_{pod.Namespace()}({pod.Uid()})"),
                StageKind.PullFailed => ("Failed", $"Failed to pull image \"{image}\": not found"),
                StageKind.PullBackOff => ("BackOff", $"Back-off pulling image \"{image}\""),
            };
            if (reason.Length > 0)
                events.Tell(component, Kinds.Pods, pod, reason, message, reason == "Started" ? "Normal" : "Warning");
        }
    }
}
