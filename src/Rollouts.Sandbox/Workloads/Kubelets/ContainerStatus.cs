using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Kubelets;

internal static class ContainerStatus
{
    public static JsonObject Of(JsonObject pod, JsonObject container, RunningPod running, PodStage stage)
    {
        string name = container.TextAt("name") ?? "", image = container.TextAt("image") ?? "";
        bool runs = stage.Kind is StageKind.Started or StageKind.Ready;
        bool ever = runs || stage.Kind == StageKind.CrashBackOff;
        string id = $"fake://{pod.Uid()}/{name}/";
        return new JsonObject
        {
            ["name"] = name,
            ["state"] = State(pod, name, image, running, stage),
            ["lastState"] = LastState(running, stage, id),
            ["ready"] = stage.Kind == StageKind.Ready,
            ["restartCount"] = Restarts(stage),
            ["image"] = image,
            ["imageID"] = ever ? image : "",
            ["containerID"] = ever ? $"{id}{Restarts(stage)}" : "",
            ["started"] = runs,
        };
    }

    // A container that waits to be started again was started once less than it failed.
    private static int Restarts(PodStage stage) => stage.Kind switch
    {
        StageKind.Started or StageKind.Ready => stage.Failures,
        StageKind.CrashBackOff => stage.Failures - 1,
        StageKind.PullFailed or StageKind.PullBackOff => 0,
    };

    private static JsonObject State(JsonObject pod, string name, string image, RunningPod running, PodStage stage) => stage.Kind switch
    {
        StageKind.Started => Running(running.Started + stage.Since),
        StageKind.Ready => Running(running.Started),
        StageKind.CrashBackOff => Waiting("CrashLoopBackOff",
            $"back-off {Duration(stage.Wait)} restarting failed container={name} pod={pod.Name()}_{pod.Namespace()}({pod.Uid()})"),
        StageKind.PullFailed => Waiting("ErrImagePull",
            $"rpc error: code = NotFound desc = failed to pull and unpack image \"{image}\": failed to resolve reference \"{image}\": not found"),
        StageKind.PullBackOff => Waiting("ImagePullBackOff", $"Back-off pulling image \"{image}\""),
    };

    private static JsonObject LastState(RunningPod running, PodStage stage, string id)
    {
        if (stage.Failures == 0 || stage.Kind is StageKind.PullFailed or StageKind.PullBackOff)
            return [];
        DateTimeOffset ended = running.Started + stage.Since;
        return new JsonObject
        {
            ["terminated"] = new JsonObject
            {
                ["exitCode"] = 1,
                ["reason"] = "Error",
                ["message"] = running.Plan.LastWords,
                ["startedAt"] = ended.Timestamp(),
                ["finishedAt"] = ended.Timestamp(),
                ["containerID"] = $"{id}{stage.Failures - 1}",
            },
        };
    }

    private static JsonObject Running(DateTimeOffset since) => new() { ["running"] = new JsonObject { ["startedAt"] = since.Timestamp() } };

    private static JsonObject Waiting(string reason, string message) =>
        new() { ["waiting"] = new JsonObject { ["reason"] = reason, ["message"] = message } };

    // As Go prints it: 10s, 1m20s, 5m0s.
    private static string Duration(TimeSpan wait) =>
        wait < TimeSpan.FromMinutes(1) ? $"{wait.TotalSeconds:0.###}s" : $"{(int)wait.TotalMinutes}m{wait.Seconds}s";
}
