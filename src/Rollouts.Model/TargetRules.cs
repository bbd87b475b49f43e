using System.Text.Json.Nodes;
using Rollouts.Model.Analysis;
using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model;

/// <summary>What does not go with a kind of target.</summary>
internal static class TargetRules
{
    private const string HasReplicas = "self.targetRef.kind == 'Deployment'";

    public static Rule[] All { get; } =
    [
        new(
            "self.targetRef.kind == 'Service' ? self.targetRef.apiVersion in ['v1', 'serving.knative.dev/v1'] : self.targetRef.apiVersion == 'apps/v1'",
            "must be apps/v1 for a Deployment or a DaemonSet, and v1 for a Service",
            node => Target(node).Text("apiVersion") is { } version && KindOf(node) is { } kind
                && (kind == TargetKind.Service ? version is not ("v1" or "serving.knative.dev/v1") : version != "apps/v1")
                    ? ".targetRef.apiVersion"
                    : null),
        new(
            $"!has(self.autoscalerRef) || {HasReplicas}",
            "must not stand beside a target that is no Deployment, because only a Deployment has replicas to scale: remove it",
            node => LacksReplicas(node) && new JsonCursor(node).Node("autoscalerRef") is not null ? ".autoscalerRef" : null),
        new(
            $"{HasReplicas} || !has(self.analysis.steps) || !self.analysis.steps.exists(step, has(step.setCanaryScale))",
            "must not stand beside a target that is no Deployment, because only a Deployment has replicas to set: remove the step",
            node => LacksReplicas(node) && StepSpec.FirstWith(new JsonCursor(node).Object("analysis"), "setCanaryScale") is { } step ? $".analysis{step}" : null),
        new(
            "self.targetRef.kind != 'Service' || !has(self.service) || !has(self.service.name) || self.service.name == self.targetRef.name",
            "must be targetRef.name or missing while the target is a Service, because that Service is the apex itself",
            node => KindOf(node) == TargetKind.Service && new JsonCursor(node).Object("service").Text("name") is { } name && name != Target(node).Text("name")
                ? ".service.name"
                : null),
    ];

    private static JsonCursor Target(JsonNode spec) => new JsonCursor(spec).Object("targetRef");

    private static TargetKind? KindOf(JsonNode spec) => Target(spec).Word<TargetKind>("kind", Words.Pascal);

    private static bool LacksReplicas(JsonNode spec) => KindOf(spec) is { } kind && kind != TargetKind.Deployment;
}
