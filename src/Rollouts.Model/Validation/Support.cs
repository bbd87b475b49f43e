using System.Text.Json.Nodes;
using Rollouts.Model.Analysis;

namespace Rollouts.Model.Validation;

/// <summary>
/// What this release does not act on. Whoever builds one of these takes its line away. A field that asks for nothing (false, an empty
/// list) is no matter; one that asks for something is refused by name, never accepted and silently left undone.
/// </summary>
internal static class Support
{
    private const string Remove = "remove it";

    public static UnsupportedField[] Missing { get; } =
    [
        new("spec.provider", "use istio", "istio"),
        new("spec.targetRef.apiVersion", "use apps/v1 for a Deployment or a DaemonSet, or v1 for a Service", "apps/v1", "v1"),
        new("spec.ingressRef", Remove),
        new("spec.routeRef", Remove),
        new("spec.upstreamRef", Remove),
        new("spec.service.appProtocol", "use http, http2, https, grpc or tcp", "http", "http2", "https", "grpc", "tcp") { InAnyCase = true },
        new("spec.service.backendTimeout", "remove it or use timeout"),
        new("spec.service.gatewayRefs", "remove it or use gateways"),
        new("spec.service.mirror", Remove),
        new(
            "spec.analysis.metrics[].name",
            $"use {MetricSpec.RequestSuccessRate} or {MetricSpec.RequestDuration}",
            MetricSpec.RequestSuccessRate,
            MetricSpec.RequestDuration),
        new("spec.analysis.metrics[].query", "remove it and use a built-in metric"),
        new("spec.analysis.metrics[].templateRef", "remove it and use a built-in metric"),
        new("spec.analysis.metrics[].judge", "use exact", "exact"),
        new("spec.analysis.alerts", Remove),
        new("spec.analysis.comparison", "remove it or set its mode to off", new JsonObject { ["mode"] = "off" }),
    ];
}
