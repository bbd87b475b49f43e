using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core.Blueprints;

/// <summary>A KEDA ScaledObject's spec, turned from the target to the primary: what its triggers ask is asked of the primary's pods.</summary>
internal static class ScaledObjects
{
    public static void TurnToPrimary(JsonObject spec, Names names, ScalerRef? overrides)
    {
        Scalers.Bound(spec, "minReplicaCount", "maxReplicaCount", overrides);
        if (spec["advanced"]?["horizontalPodAutoscalerConfig"] is JsonObject hpa && hpa["name"].Text() is { Length: > 0 } name)
            hpa["name"] = $"{name}-primary";
        foreach (var trigger in spec["triggers"].Objects())
        {
            if (trigger["metadata"] is not JsonObject metadata || metadata["query"].Text() is not { } query)
                continue;
            // Who names queries for some triggers has said all that differs, as with Flagger.
            if (overrides is not { Queries.Count: > 0 })
                metadata["query"] = OfPrimary(query, names);
            else if (overrides.Queries.TryGetValue(trigger["name"].Text() ?? "", out var given))
                metadata["query"] = given;
        }
    }

    /// <summary>
    /// The query with the target's name, and that of the candidate's Service, turned to the primary's. A name that is part of another, as
    /// in <c>my-podinfo</c> or <c>podinfo_requests_total</c>, is not the target's.
    /// </summary>
    private static string OfPrimary(string query, Names names) =>
        Regex.Replace(
            query,
            $@"(?<![A-Za-z0-9_-]){Regex.Escape(names.Target)}(-canary(?![A-Za-z0-9_-]))?(?![A-Za-z0-9_]|-primary(?![A-Za-z0-9]))",
            _ => names.Primary,
            RegexOptions.CultureInvariant);
}
