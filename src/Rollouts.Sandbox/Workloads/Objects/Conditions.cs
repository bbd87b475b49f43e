using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>The conditions in the status of an object.</summary>
internal static class Conditions
{
    public static JsonObject? Condition(this JsonNode? status, string type) =>
        status.ObjectsAt("conditions").FirstOrDefault(c => c.TextAt("type") == type);

    public static void RemoveCondition(this JsonObject status, string type)
    {
        JsonArray rest = [.. status.ObjectsAt("conditions").Where(c => c.TextAt("type") != type).Select(c => c.DeepClone())];
        status.Put("conditions", rest.Count == 0 ? null : rest);
    }

    /// <summary>Puts the condition at the end of the list, in place of the one of its type.</summary>
    public static void PutCondition(this JsonObject status, JsonObject condition)
    {
        status.RemoveCondition(condition.TextAt("type") ?? "");
        if (status["conditions"] is not JsonArray conditions)
            status["conditions"] = conditions = [];
        conditions.Add(condition);
    }
}
