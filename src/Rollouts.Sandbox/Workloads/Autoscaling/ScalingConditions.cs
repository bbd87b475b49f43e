using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Autoscaling;

/// <summary>The conditions of an autoscaler, each in its place of the list for as long as the autoscaler lives.</summary>
internal static class ScalingConditions
{
    public static void Set(this JsonObject status, string type, bool holds, string reason, string message, TimeProvider time)
    {
        JsonObject? before = status.Condition(type);
        string value = holds ? "True" : "False";
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = value,
            ["lastTransitionTime"] = before.TextAt("status") == value ? before.At("lastTransitionTime")?.DeepClone() : time.Timestamp(),
            ["reason"] = reason,
            ["message"] = message,
        };
        if (before is null)
            status.PutCondition(condition);
        else
            before.ReplaceWith(condition);
    }
}
