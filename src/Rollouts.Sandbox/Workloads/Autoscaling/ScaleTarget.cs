using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Autoscaling;

/// <summary>The workload that the <c>spec.scaleTargetRef</c> of an autoscaler names.</summary>
internal sealed class ScaleTarget(ICluster cluster, ResourceKind kind, JsonObject workload)
{
    private static readonly ResourceKind[] Scalable = [Kinds.Deployments, Kinds.ReplicaSets, Kinds.StatefulSets];

    public ResourceKind Kind => kind;

    /// <summary>The pods asked for.</summary>
    public int Wanted => workload.Replicas();

    /// <summary>The pods that are there, as the workload's status counts them.</summary>
    public int Present => workload["status"].Counter("replicas");

    /// <returns>null where there is no such workload, or none with replicas that could be set.</returns>
    public static ScaleTarget? Of(ICluster cluster, JsonObject autoscaler) =>
        KindOf(autoscaler) is { } kind && cluster.Get(kind, autoscaler.Namespace(), NameOf(autoscaler)) is { } workload
            ? new(cluster, kind, workload)
            : null;

    /// <summary>Changes of the autoscalers themselves and of what they scale.</summary>
    public static IReadOnlyList<Interest> Interests(ICluster cluster, ResourceKind autoscalers) =>
    [
        new(autoscalers, a => [a.KeyOf()]),
        .. Scalable.Select(kind => new Interest(kind, workload => cluster.List(autoscalers, workload.Namespace())
            .Where(a => KindOf(a) == kind && NameOf(a) == workload.Name()).Select(Ownership.KeyOf))),
    ];

    /// <exception cref="ApiException">409 where somebody wrote the workload since it was read.</exception>
    public void Scale(int replicas)
    {
        workload.Ensure("spec")["replicas"] = replicas;
        cluster.Update(kind, workload);
    }

    public static string NameOf(JsonObject autoscaler) => autoscaler.TextAt("spec", "scaleTargetRef", "name") ?? "";

    // KEDA's defaults; an autoscaler of autoscaling/v2 must name its kind.
    private static ResourceKind? KindOf(JsonObject autoscaler)
    {
        string apiVersion = autoscaler.TextAt("spec", "scaleTargetRef", "apiVersion") ?? "apps/v1";
        string name = autoscaler.TextAt("spec", "scaleTargetRef", "kind") ?? "Deployment";
        return Scalable.FirstOrDefault(kind => kind.ApiVersion == apiVersion && kind.Kind == name);
    }
}
