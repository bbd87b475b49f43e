using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Autoscaling;

/// <summary>
/// Keeps the replicas of a HorizontalPodAutoscaler's target between its bounds, at once instead of every 15 s. There are no metrics:
/// the load is always such that the present number is right. A target at zero is left alone, as upstream leaves it.
/// </summary>
internal sealed class PodAutoscalerController(ICluster cluster, EventRecorder events, TimeProvider time) : IController
{
    private const string Component = "horizontal-pod-autoscaler";

    public IReadOnlyList<Interest> Interests { get; } = ScaleTarget.Interests(cluster, Kinds.HorizontalPodAutoscalers);

    public Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (cluster.Get(Kinds.HorizontalPodAutoscalers, key.Namespace, key.Name) is { } autoscaler && !autoscaler.IsDeleting())
            Reconcile(autoscaler);
        return Task.FromResult<TimeSpan?>(null);
    }

    private void Reconcile(JsonObject autoscaler)
    {
        JsonObject next = autoscaler.Copy(), status = next.Ensure("status");
        if (ScaleTarget.Of(cluster, autoscaler) is not { } target)
            status.Set("AbleToScale", false, "FailedGetScale", "the HPA controller was unable to get the target's current scale: "
                + $"\"{ScaleTarget.NameOf(autoscaler)}\" not found", time);
        else if (target.Wanted == 0)
            Rest(status, target);
        else
            Keep(autoscaler, status, target);
        if (!Json.Same(autoscaler["status"], status))
            cluster.Update(Kinds.HorizontalPodAutoscalers, next, "status");
    }

    private void Rest(JsonObject status, ScaleTarget target)
    {
        Count(status, target.Present, 0);
        status.Set("AbleToScale", true, "SucceededGetScale", "the HPA controller was able to get the target's current scale", time);
        status.Set("ScalingActive", false, "ScalingDisabled", "scaling is disabled since the replica count of the target is zero", time);
    }

    private void Keep(JsonObject autoscaler, JsonObject status, ScaleTarget target)
    {
        int least = (int)(autoscaler.NumberAt("spec", "minReplicas") ?? 1), most = (int)(autoscaler.NumberAt("spec", "maxReplicas") ?? least);
        int wanted = Math.Clamp(target.Wanted, least, Math.Max(least, most));
        if (wanted != target.Wanted)
        {
            string why = wanted == least ? "Current number of replicas below Spec.MinReplicas" : "Current number of replicas above Spec.MaxReplicas";
            target.Scale(wanted);
            events.Tell(Component, Kinds.HorizontalPodAutoscalers, autoscaler, "SuccessfulRescale", $"New size: {wanted}; reason: {why}");
            status["lastScaleTime"] = time.Timestamp();
            status.Set("AbleToScale", true, "SucceededRescale", $"the HPA controller was able to update the target scale to {wanted}", time);
        }
        else
            status.Set("AbleToScale", true, "ReadyForNewScale", "recommended size matches current size", time);
        Count(status, target.Present, wanted);
        status.Set("ScalingActive", true, "ValidMetricFound", "the HPA was able to successfully calculate a replica count", time);
        status.Set("ScalingLimited", false, "DesiredWithinRange", "the desired count is within the acceptable range", time);
    }

    private static void Count(JsonObject status, int present, int wanted)
    {
        status.PutCounter("currentReplicas", present);
        status["desiredReplicas"] = wanted;
    }
}
