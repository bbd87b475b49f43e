using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core;

/// <summary>The autoscaler of the target.</summary>
/// <param name="Live">The object as the API server has it, without its status.</param>
public sealed record ScalerFacts(ObjectId Id, JsonObject Live)
{
    /// <summary>What the Canary names.</summary>
    public static ObjectId IdOf(ScalerRef named) =>
        new(named.Kind == nameof(ObjectKind.ScaledObject) ? ObjectKind.ScaledObject : ObjectKind.HorizontalPodAutoscaler, named.Name);

    /// <summary>The fewest pods that it would leave running: what a candidate starts with.</summary>
    public int Least => Math.Max(1, Live["spec"]?[Id.Kind == ObjectKind.ScaledObject ? "minReplicaCount" : "minReplicas"].Integer() ?? 1);

    /// <summary>As many as it would allow.</summary>
    public int Most => Live["spec"]?[Id.Kind == ObjectKind.ScaledObject ? "maxReplicaCount" : "maxReplicas"].Integer() ?? int.MaxValue;

    /// <summary>A number of pods that it would leave alone.</summary>
    public int Bound(int replicas) => Math.Max(Math.Min(replicas, Most), 1);
}
