using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>The condition Progressing: whether a rollout is done, moves, or has not moved for its deadline.</summary>
internal static class Progress
{
    public const string Type = "Progressing";
    public const string DeadlineExceeded = "ProgressDeadlineExceeded";
    private const string Done = "NewReplicaSetAvailable";

    /// <param name="status">The status with the counters of now and the conditions of before.</param>
    public static void Judge(DeploymentScene scene, JsonObject status, TimeProvider time)
    {
        if (scene.Spec.Deadline is not { } deadline)
        {
            status.RemoveCondition(Type);
            return;
        }
        JsonNode? before = scene.Deployment["status"];
        JsonObject? condition = before.Condition(Type);
        string? reason = condition.TextAt("reason");
        // Once done, it stays done until a new template sets NewReplicaSetCreated: scaling is no rollout.
        if (status.Counter("replicas") == status.Counter("updatedReplicas") && reason == Done)
            return;
        string subject = scene.New is { } set ? $"ReplicaSet \"{set.Name()}\"" : $"Deployment \"{scene.Deployment.Name()}\"";
        if (IsComplete(scene, status))
            status.SetDeploymentCondition(Type, "True", Done, $"{subject} has successfully progressed.", time);
        else if (HasMoved(before, status))
            PutMoved(status, condition, $"{subject} is progressing.", time);
        else if (condition is not null && reason != Done && reason != DeadlineExceeded
            && condition.MomentAt("lastUpdateTime") + deadline < time.GetUtcNow())
            status.SetDeploymentCondition(Type, "False", DeadlineExceeded, $"{subject} has timed out progressing.", time);
    }

    public static bool IsComplete(DeploymentScene scene, JsonNode? status) =>
        status.Counter("updatedReplicas") == scene.Spec.Replicas
        && status.Counter("replicas") == scene.Spec.Replicas
        && status.Counter("availableReplicas") == scene.Spec.Replicas
        && (status.NumberAt("observedGeneration") ?? 0) >= (scene.Deployment.NumberAt("metadata", "generation") ?? 0);

    public static TimeSpan? UntilDeadline(DeploymentScene scene, JsonObject status, TimeProvider time)
    {
        JsonObject? condition = status.Condition(Type);
        if (scene.Spec.Deadline is not { } deadline || condition is null
            || condition.TextAt("reason") is Done or DeadlineExceeded || IsComplete(scene, status))
            return null;
        // Times in a status are whole seconds, so a second more is certain to be past the deadline.
        TimeSpan? left = condition.MomentAt("lastUpdateTime") + deadline + TimeSpan.FromSeconds(1) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(1);
    }

    private static bool HasMoved(JsonNode? before, JsonObject now)
    {
        static int Old(JsonNode? status) => status.Counter("replicas") - status.Counter("updatedReplicas");
        return now.Counter("updatedReplicas") > before.Counter("updatedReplicas")
            || Old(now) < Old(before)
            || now.Counter("readyReplicas") > before.Counter("readyReplicas")
            || now.Counter("availableReplicas") > before.Counter("availableReplicas");
    }

    // Unlike other settings this one renews lastUpdateTime each time, from which the deadline counts.
    private static void PutMoved(JsonObject status, JsonObject? before, string message, TimeProvider time) =>
        status.PutCondition(new JsonObject
        {
            ["type"] = Type,
            ["status"] = "True",
            ["lastUpdateTime"] = time.Timestamp(),
            ["lastTransitionTime"] = before.TextAt("status") == "True" ? before.TextAt("lastTransitionTime") : time.Timestamp(),
            ["reason"] = "ReplicaSetUpdated",
            ["message"] = message,
        });
}
