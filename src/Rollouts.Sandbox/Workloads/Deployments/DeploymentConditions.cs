using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Deployments;

internal static class DeploymentConditions
{
    /// <summary>Sets a condition; one with the same status and reason stays as it is, times and message included.</summary>
    public static void SetDeploymentCondition(
        this JsonObject status, string type, string value, string reason, string message, TimeProvider time)
    {
        JsonObject? before = status.Condition(type);
        bool sameStatus = before.TextAt("status") == value;
        if (sameStatus && before.TextAt("reason") == reason)
            return;
        status.PutCondition(new JsonObject
        {
            ["type"] = type,
            ["status"] = value,
            ["lastUpdateTime"] = time.Timestamp(),
            ["lastTransitionTime"] = sameStatus ? before.TextAt("lastTransitionTime") : time.Timestamp(),
            ["reason"] = reason,
            ["message"] = message,
        });
    }
}
