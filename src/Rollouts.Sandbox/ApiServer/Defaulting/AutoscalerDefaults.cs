using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

/// <summary>Defaults of autoscaling/v2.</summary>
internal static class AutoscalerDefaults
{
    private const int DefaultUtilization = 80;

    public static void Autoscaler(JsonObject autoscaler)
    {
        JsonObject spec = autoscaler.Ensure("spec");
        spec.Default("minReplicas", 1);
        if (!spec.ObjectsAt("metrics").Any())
            spec["metrics"] = new JsonArray(CpuUtilization(DefaultUtilization));
        else
            CpuLast(spec);
        if (spec.ObjectAt("behavior") is { } behavior)
            Behavior(behavior);
        JsonObject status = autoscaler.Ensure("status");
        status.Default("desiredReplicas", 0);
    }

    public static JsonObject CpuUtilization(long percent) => new()
    {
        ["type"] = "Resource",
        ["resource"] = new JsonObject
        {
            ["name"] = "cpu",
            ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = percent },
        },
    };

    public static bool IsCpuUtilization(JsonObject metric) => metric.TextAt("type") == "Resource"
        && metric.TextAt("resource", "name") == "cpu" && metric.NumberAt("resource", "target", "averageUtilization") is not null;

    // Upstream stores autoscalers as autoscaling/v1, where the cpu utilization stands apart from the other metrics.
    private static void CpuLast(JsonObject spec)
    {
        List<JsonObject> metrics = [.. spec.ObjectsAt("metrics")];
        spec["metrics"] = new JsonArray([.. metrics.OrderBy(IsCpuUtilization).Select(m => m.DeepClone())]);
    }

    private static void Behavior(JsonObject behavior)
    {
        JsonObject up = behavior.Ensure("scaleUp"), down = behavior.Ensure("scaleDown");
        up.Default("stabilizationWindowSeconds", 0);
        up.Default("selectPolicy", "Max");
        up.Default("policies", new JsonArray(Policy("Pods", 4), Policy("Percent", 100)));
        down.Default("selectPolicy", "Max");
        down.Default("policies", new JsonArray(Policy("Percent", 100)));
    }

    private static JsonObject Policy(string type, int value) => new() { ["type"] = type, ["value"] = value, ["periodSeconds"] = 15 };
}
