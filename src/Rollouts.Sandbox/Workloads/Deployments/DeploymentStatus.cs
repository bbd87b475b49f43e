using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>Writes the status of a Deployment, in the steps in which upstream writes it.</summary>
internal sealed class DeploymentStatus(ICluster cluster, TimeProvider time)
{
    /// <summary>The Deployment takes on the revision of its ReplicaSet, and says so in Progressing, before it counts any pods.</summary>
    /// <param name="onlyIfNone">Whether the condition is for a Deployment only that has none yet.</param>
    public void Adopt(DeploymentScene scene, string revision, string reason, string message, bool onlyIfNone)
    {
        JsonObject next = scene.Deployment.Copy();
        next.Metadata().Ensure("annotations")[RevisionAnnotations.Revision] = revision;
        JsonObject status = next.Ensure("status");
        if (scene.Spec.Deadline is not null && !(onlyIfNone && status.Condition(Progress.Type) is not null))
            status.SetDeploymentCondition(Progress.Type, "True", reason, message, time);
        Write(scene, next);
    }

    public void CountCollision(DeploymentScene scene)
    {
        JsonObject next = scene.Deployment.Copy();
        JsonObject status = next.Ensure("status");
        status["collisionCount"] = (status.NumberAt("collisionCount") ?? 0) + 1;
        Write(scene, next);
    }

    /// <summary>Shows that a paused Deployment makes no progress, and that it may again.</summary>
    public void MarkPaused(DeploymentScene scene)
    {
        string? reason = scene.Deployment["status"].Condition(Progress.Type).TextAt("reason");
        if (scene.Spec.Deadline is null || reason == Progress.DeadlineExceeded || scene.Spec.Paused == (reason == "DeploymentPaused"))
            return;
        JsonObject next = scene.Deployment.Copy();
        if (scene.Spec.Paused)
            next.Ensure("status").SetDeploymentCondition(Progress.Type, "Unknown", "DeploymentPaused", "Deployment is paused", time);
        else
            next.Ensure("status").SetDeploymentCondition(Progress.Type, "Unknown", "DeploymentResumed", "Deployment is resumed", time);
        Write(scene, next);
    }

    /// <param name="judgeProgress">Whether a rollout is going on: scaling and pausing leave Progressing as it is.</param>
    /// <returns>How long until the progress deadline, while there is one to come.</returns>
    public TimeSpan? Report(DeploymentScene scene, bool judgeProgress)
    {
        JsonObject next = scene.Deployment.Copy();
        JsonObject status = Count(scene);
        next["status"] = status;
        if (judgeProgress)
            Progress.Judge(scene, status, time);
        Write(scene, next);
        return judgeProgress ? Progress.UntilDeadline(scene, status, time) : null;
    }

    private JsonObject Count(DeploymentScene scene)
    {
        JsonNode? before = scene.Deployment["status"];
        int Sum(string counter) => scene.All.Sum(s => s["status"].Counter(counter));
        int available = Sum("availableReplicas");
        var status = new JsonObject { ["observedGeneration"] = scene.Deployment.NumberAt("metadata", "generation") };
        status.PutCounter("replicas", Sum("replicas"));
        status.PutCounter("updatedReplicas", scene.New?["status"].Counter("replicas") ?? 0);
        status.PutCounter("readyReplicas", Sum("readyReplicas"));
        status.PutCounter("availableReplicas", available);
        status.PutCounter("unavailableReplicas", Math.Max(0, scene.All.Sum(s => s.Replicas()) - available));
        status.Put("collisionCount", before.At("collisionCount")?.DeepClone());
        status.Put("conditions", before.At("conditions")?.DeepClone());
        if (available >= scene.Spec.MinAvailable)
            status.SetDeploymentCondition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", time);
        else
            status.SetDeploymentCondition(
                "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", time);
        return status;
    }

    private void Write(DeploymentScene scene, JsonObject next)
    {
        if (!Json.Same(scene.Deployment, next))
            scene.Deployment = cluster.Update(Kinds.Deployments, next, "status");
    }
}
