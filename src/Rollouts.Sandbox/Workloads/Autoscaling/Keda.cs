using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Sandbox.Workloads.Autoscaling;

/// <summary>What the sandbox knows of KEDA: the ScaledObject, with a spec that is kept as it comes, unchecked.</summary>
public static class Keda
{
    public static readonly ResourceKind ScaledObjects = new("keda.sh", "v1alpha1", "scaledobjects", "ScaledObject", true);

    public static JsonObject Definition { get; } = EmbeddedDefinitions.Read("scaledobjects.keda.sh");
}
