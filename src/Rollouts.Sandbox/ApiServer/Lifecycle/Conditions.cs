using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>Conditions of a status.</summary>
internal static class Conditions
{
    /// <summary>Sets a condition; its time is that of the last change of its status.</summary>
    public static void Set(JsonArray conditions, string type, string status, string reason, string message, TimeProvider time)
    {
        JsonObject? there = conditions.OfType<JsonObject>().FirstOrDefault(c => c.TextAt("type") == type);
        if (there is null)
            conditions.Add(there = new JsonObject { ["type"] = type });
        if (there.TextAt("status") != status)
            there["lastTransitionTime"] = time.Timestamp();
        there["status"] = status;
        there["reason"] = reason;
        there["message"] = message;
    }
}
