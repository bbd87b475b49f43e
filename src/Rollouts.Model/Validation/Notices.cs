using System.Text.Json.Nodes;
using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Validation;

/// <summary>What is valid and yet may not mean what its writer thinks.</summary>
internal static class Notices
{
    private static readonly string[] OfOurServices = ["portName", "targetPort", "headless", "trafficDistribution"];

    public static Action<JsonObject, Findings>[] All { get; } = [RevertOnDeletion, MaxWeightBesideList, MirrorWeightWithoutMirror, RangeBesideThreshold, ServiceOfItsOwn];

    private static void RevertOnDeletion(JsonObject canary, Findings findings)
    {
        var spec = new JsonCursor(canary).Object("spec");
        if (spec.Flag("revertOnDeletion") is not { } revert)
            return;
        var meant = revert ? "restore" : "orphan";
        if (spec.Text("deletionPolicy") is not { } policy)
            findings.Warn("spec.revertOnDeletion", $"is taken as deletionPolicy: {meant}; write that instead");
        else if (policy != meant)
            findings.Warn("spec.revertOnDeletion", $"is not used, because deletionPolicy: {policy} stands beside it; remove it");
    }

    private static void MaxWeightBesideList(JsonObject canary, Findings findings)
    {
        var analysis = Analysis(canary);
        if (analysis.Node("maxWeight") is not null && analysis.Node("stepWeights") is not null)
            findings.Warn("spec.analysis.maxWeight", "is not used, because stepWeights says where the ramp ends; remove it");
    }

    private static void MirrorWeightWithoutMirror(JsonObject canary, Findings findings)
    {
        if (Analysis(canary).Node("mirrorWeight") is not null && Analysis(canary).Flag("mirror") is not true)
            findings.Warn("spec.analysis.mirrorWeight", "is not used without mirror: true; remove it");
    }

    private static void RangeBesideThreshold(JsonObject canary, Findings findings)
    {
        if (Analysis(canary).Node("metrics") is not JsonArray metrics)
            return;
        for (var index = 0; index < metrics.Count; index++)
        {
            var metric = new JsonCursor(metrics[index]);
            if (metric.Node("threshold") is not null && metric.Node("thresholdRange") is not null)
                findings.Warn($"spec.analysis.metrics[{index}].threshold", "is not used, because thresholdRange stands beside it; remove it");
        }
    }

    private static void ServiceOfItsOwn(JsonObject canary, Findings findings)
    {
        var spec = new JsonCursor(canary).Object("spec");
        if (spec.Object("targetRef").Text("kind") != nameof(TargetKind.Service))
            return;
        foreach (var field in OfOurServices.Where(field => spec.Object("service").Node(field) is not null))
            findings.Warn($"spec.service.{field}", "is not used, because the target is a Service and its copies have what it has; remove it");
    }

    private static JsonCursor Analysis(JsonObject canary) => new JsonCursor(canary).Object("spec").Object("analysis");
}
