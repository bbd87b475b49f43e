using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>What a Deployment asks for, with its percentages resolved to pods.</summary>
/// <param name="Surge">How many pods there may be beyond the replicas while rolling; 0 for Recreate.</param>
/// <param name="Unavailable">How many of the replicas may be unavailable while rolling; 0 for Recreate.</param>
/// <param name="Deadline">How long a rollout may go without progress; null: for ever.</param>
/// <param name="HistoryLimit">How many old ReplicaSets are kept; null: all.</param>
internal sealed record DeploymentSpec(
    int Replicas, bool Recreate, int Surge, int Unavailable, bool Paused, TimeSpan? Deadline, int? HistoryLimit, long MinReadySeconds)
{
    // progressDeadlineSeconds of MaxInt32 is upstream's word for "no deadline".
    private const long NoDeadline = int.MaxValue;

    public int MinAvailable => Replicas - Unavailable;

    public int MaxTotal => Replicas + Surge;

    public TimeSpan MinReady => TimeSpan.FromSeconds(MinReadySeconds);

    public static DeploymentSpec Of(JsonObject deployment)
    {
        JsonObject? spec = deployment.ObjectAt("spec");
        int replicas = (int)(spec.NumberAt("replicas") ?? 1);
        bool recreate = spec.TextAt("strategy", "type") == "Recreate";
        var (surge, unavailable) = recreate ? (0, 0) : Fenceposts(
            replicas, spec.At("strategy", "rollingUpdate", "maxSurge"), spec.At("strategy", "rollingUpdate", "maxUnavailable"));
        return new DeploymentSpec(
            replicas, recreate, surge, unavailable, spec.TrueAt("paused"),
            spec.NumberAt("progressDeadlineSeconds") is { } seconds and not NoDeadline ? TimeSpan.FromSeconds(seconds) : null,
            (int?)spec.NumberAt("revisionHistoryLimit"), spec.NumberAt("minReadySeconds") ?? 0);
    }

    /// <summary>Surge rounds up, unavailable down; both zero would stand still for ever, so then one may be unavailable.</summary>
    private static (int Surge, int Unavailable) Fenceposts(int replicas, JsonNode? maxSurge, JsonNode? maxUnavailable)
    {
        int surge = IntOrPercent.Resolve(maxSurge, replicas, roundUp: true);
        int unavailable = IntOrPercent.Resolve(maxUnavailable, replicas, roundUp: false);
        return (surge, Math.Min(replicas, surge == 0 && unavailable == 0 ? 1 : unavailable));
    }
}
