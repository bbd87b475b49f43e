using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Defaulting;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Converting;

/// <summary>autoscaling/v1 knows the cpu utilization only; what else v2 has goes along in annotations.</summary>
internal static class AutoscalerConversion
{
    private const string Metrics = "autoscaling.alpha.kubernetes.io/metrics";

    public static JsonObject ToV2(JsonObject obj)
    {
        obj["apiVersion"] = "autoscaling/v2";
        JsonObject spec = obj.Ensure("spec");
        if (spec.NumberAt("targetCPUUtilizationPercentage") is { } percent)
            spec["metrics"] = new JsonArray(AutoscalerDefaults.CpuUtilization(percent));
        spec.Remove("targetCPUUtilizationPercentage");
        obj.ObjectAt("status")?.Remove("currentCPUUtilizationPercentage");
        return obj;
    }

    public static JsonObject ToV1(JsonObject obj)
    {
        obj["apiVersion"] = "autoscaling/v1";
        JsonObject spec = obj.Ensure("spec");
        List<JsonObject> metrics = [.. spec.ObjectsAt("metrics")];
        JsonObject? cpu = metrics.Find(AutoscalerDefaults.IsCpuUtilization);
        spec.Put("targetCPUUtilizationPercentage", cpu?.At("resource", "target", "averageUtilization")?.DeepClone());
        metrics.Remove(cpu!);
        if (metrics.Count > 0)
            obj.Metadata().Ensure("annotations")[Metrics] = new JsonArray([.. metrics.Select(Old)]).ToJsonString();
        spec.Remove("metrics");
        spec.Remove("behavior");
        JsonObject status = obj.Ensure("status");
        status.Remove("currentMetrics");
        status.Remove("conditions");
        status.Default("currentReplicas", 0);
        return obj;
    }

    private static JsonNode Old(JsonObject metric)
    {
        var resource = new JsonObject();
        resource.Put("name", metric.At("resource", "name"));
        resource.Put("targetAverageUtilization", metric.At("resource", "target", "averageUtilization"));
        resource.Put("targetAverageValue", metric.At("resource", "target", "averageValue"));
        return new JsonObject { ["type"] = metric.TextAt("type"), ["resource"] = resource };
    }
}
