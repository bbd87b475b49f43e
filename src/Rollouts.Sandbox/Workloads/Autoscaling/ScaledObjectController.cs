using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Autoscaling;

/// <summary>
/// Keeps the replicas of a ScaledObject's target between its bounds, or at the number that its pause asks for. No trigger ever fires,
/// so that a target at zero stays there until somebody else scales it up.
/// </summary>
internal sealed class ScaledObjectController(ICluster cluster, EventRecorder events, TimeProvider time) : IController
{
    private const string Component = "keda-operator";
    private const string PausedReplicas = "autoscaling.keda.sh/paused-replicas";
    private const int DefaultMost = 100;

    public IReadOnlyList<Interest> Interests { get; } = ScaleTarget.Interests(cluster, Keda.ScaledObjects);

    public Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (cluster.Get(Keda.ScaledObjects, key.Namespace, key.Name) is { } scaled && !scaled.IsDeleting())
            Reconcile(scaled);
        return Task.FromResult<TimeSpan?>(null);
    }

    private void Reconcile(JsonObject scaled)
    {
        JsonObject next = scaled.Copy(), status = next.Ensure("status");
        if (!TryPause(scaled, out int? paused))
            status.Set("Ready", false, "ScaledObjectCheckFailed", $"{PausedReplicas} is no number of replicas", time);
        else if (ScaleTarget.Of(cluster, scaled) is not { } target)
            status.Set("Ready", false, "ScaledObjectCheckFailed", $"the target {ScaleTarget.NameOf(scaled)} is not there", time);
        else
            Keep(scaled, status, target, paused);
        if (!Json.Same(scaled["status"], status))
            cluster.Update(Keda.ScaledObjects, next, "status");
    }

    private void Keep(JsonObject scaled, JsonObject status, ScaleTarget target, int? paused)
    {
        int wanted = paused ?? Bounded(scaled, target.Wanted);
        if (wanted != target.Wanted)
        {
            target.Scale(wanted);
            events.Tell(Component, Keda.ScaledObjects, scaled, "KEDAScaleTargetScaled", $"Scaled {target.Kind.Kind} {ScaleTarget.NameOf(scaled)} to {wanted}");
        }
        status["scaleTargetKind"] = $"{target.Kind.ApiVersion}.{target.Kind.Kind}";
        status.Put("pausedReplicaCount", paused);
        status.Set("Ready", true, "ScaledObjectReady", "ScaledObject is defined correctly and is ready for scaling", time);
        status.Set("Active", wanted > 0, wanted > 0 ? "ScalerActive" : "ScalerNotActive", $"the target has {wanted} replicas", time);
        status.Set("Paused", paused is not null, paused is null ? "ScaledObjectUnpaused" : "ScaledObjectPaused",
            paused is null ? "pause annotation removed for ScaledObject" : "ScaledObject is being paused", time);
    }

    private static int Bounded(JsonObject scaled, int replicas)
    {
        int least = (int)(scaled.NumberAt("spec", "minReplicaCount") ?? 0), most = (int)(scaled.NumberAt("spec", "maxReplicaCount") ?? DefaultMost);
        return replicas == 0 ? 0 : Math.Clamp(replicas, least, Math.Max(least, most));
    }

    private static bool TryPause(JsonObject scaled, out int? replicas)
    {
        string? text = scaled.TextAt("metadata", "annotations", PausedReplicas);
        bool given = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        replicas = given ? number : null;
        return given || text is null;
    }
}
