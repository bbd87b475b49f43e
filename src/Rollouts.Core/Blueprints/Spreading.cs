using System.Text.Json.Nodes;
using Rollouts.Core.Routing;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// What keeps the pods of one workload apart, turned from the target's pods to the primary's: podAntiAffinity and
/// topologySpreadConstraints that mean the target's pods by the label that tells the two apart. Left as they were they would spread the
/// primary's pods around the candidate's. podAffinity and nodeAffinity speak of other pods and of nodes, and stay.
/// </summary>
internal static class Spreading
{
    /// <summary>Rewrites the pod template in place.</summary>
    public static void TurnToPrimary(JsonObject template, PodSelector pods)
    {
        foreach (var selector in Selectors(template["spec"] as JsonObject))
        {
            if (selector["matchLabels"] is JsonObject labels && labels[pods.Label].Text() == pods.Target[pods.Label])
                labels[pods.Label] = pods.Primary[pods.Label];
            foreach (var expression in selector["matchExpressions"].Objects().Where(expression => expression["key"].Text() == pods.Label))
            {
                if (expression["values"] is JsonArray values)
                    expression["values"] = new JsonArray([.. values.Select(value => Turned(value, pods))]);
            }
        }
    }

    private static IEnumerable<JsonObject> Selectors(JsonObject? pod)
    {
        var apart = (pod?["affinity"] as JsonObject)?["podAntiAffinity"] as JsonObject;
        var required = apart?["requiredDuringSchedulingIgnoredDuringExecution"].Objects() ?? [];
        var preferred = apart?["preferredDuringSchedulingIgnoredDuringExecution"].Objects().Select(term => term["podAffinityTerm"]).OfType<JsonObject>() ?? [];
        return required.Concat(preferred).Concat(pod?["topologySpreadConstraints"].Objects() ?? [])
            .Select(term => term["labelSelector"]).OfType<JsonObject>();
    }

    private static JsonNode? Turned(JsonNode? value, PodSelector pods) =>
        value.Text() == pods.Target[pods.Label] ? JsonValue.Create(pods.Primary[pods.Label]) : value?.DeepClone();
}
