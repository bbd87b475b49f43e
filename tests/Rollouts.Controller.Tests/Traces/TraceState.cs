using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>What the traces call a state, read from the cluster.</summary>
internal static class TraceState
{
    /// <summary>The fields that a script may wait for.</summary>
    public static IReadOnlyDictionary<string, string> Of(CanaryStatus status)
    {
        var promoted = status.Conditions.FirstOrDefault(condition => condition.Type == Condition.Promoted);
        return new Dictionary<string, string>
        {
            ["phase"] = status.Phase.ToString(),
            ["weight"] = $"{status.CanaryWeight.Percent}",
            ["failed"] = $"{status.FailedChecks}",
            ["iterations"] = $"{status.Iterations}",
            ["condition"] = promoted is null ? Notation.None : $"{promoted.Status}/{promoted.Reason}",
        };
    }

    public static IReadOnlyDictionary<string, string> Of(TestWorld world)
    {
        var route = world.Get(TestWorld.VirtualServices, "podinfo");
        return new Dictionary<string, string>(Of(world.Status()))
        {
            ["route"] = route is null ? Notation.None : Notation.Route(route),
            ["target"] = Workload(world, "podinfo"),
            ["primary"] = Workload(world, "podinfo-primary"),
            ["apex"] = world.Selects("podinfo") ?? Notation.None,
            ["config"] = Config(world),
            ["primaryScaler"] = world.Get(Kinds.HorizontalPodAutoscalers, "podinfo-primary") is { } scaler
                ? $"{scaler["spec"]!["minReplicas"]}..{scaler["spec"]!["maxReplicas"]}"
                : Notation.None,
        };
    }

    private static string Workload(TestWorld world, string name)
    {
        if (world.Get(Kinds.Deployments, name) is { } deployment)
            return $"{Image(deployment)} x{deployment["spec"]!["replicas"]}";
        // A DaemonSet is at zero when it asks for a node that does not exist.
        return world.Get(Kinds.DaemonSets, name) is { } set
            ? $"{Image(set)} x{(set["spec"]!["template"]!["spec"]!["nodeSelector"] is JsonObject { Count: > 0 } ? "0" : "all")}"
            : Notation.None;
    }

    private static string Image(JsonObject workload) => (string?)workload["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] ?? "";

    private static string Config(TestWorld world)
    {
        return Color("podinfo-config") is { } target ? $"{target}/{Color("podinfo-config-primary") ?? "None"}" : Notation.None;

        string? Color(string name) => (string?)world.Get(Kinds.ConfigMaps, name)?["data"]?["color"];
    }
}
