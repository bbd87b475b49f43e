using System.Text;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.World;

/// <summary>The Deployment and the Canary that most tests are about.</summary>
internal static class Manifests
{
    public static JsonObject Deployment(string image = "podinfo:1", int replicas = 2, string name = "podinfo") => Parse($$$"""
        {
          "apiVersion": "apps/v1", "kind": "Deployment",
          "metadata": {"name": "{{{name}}}", "labels": {"app": "{{{name}}}"}},
          "spec": {
            "replicas": {{{replicas}}},
            "selector": {"matchLabels": {"app": "{{{name}}}"}},
            "template": {
              "metadata": {"labels": {"app": "{{{name}}}"}},
              "spec": {"containers": [{"name": "podinfod", "image": "{{{image}}}", "ports": [{"name": "http", "containerPort": 9898}]}]}
            }
          }
        }
        """);

    public static JsonObject DaemonSet(string image = "podinfo:1", string name = "podinfo")
    {
        var set = Deployment(image, name: name);
        set["kind"] = "DaemonSet";
        set["spec"]!.AsObject().Remove("replicas");
        return set;
    }

    /// <summary>A Service podinfo over the pods of one colour.</summary>
    public static JsonObject Service(string colour) => Parse($$$"""
        {
          "apiVersion": "v1", "kind": "Service", "metadata": {"name": "podinfo"},
          "spec": {"selector": {"app": "podinfo", "colour": "{{{colour}}}"}, "ports": [{"name": "http", "port": 80, "targetPort": 9898}]}
        }
        """);

    /// <summary>The Deployment <c>podinfo-colour</c>, whose pods the Service may select.</summary>
    public static JsonObject Coloured(string colour)
    {
        var deployment = Deployment(name: $"podinfo-{colour}");
        var labels = Parse($$"""{"app": "podinfo", "colour": "{{colour}}"}""");
        deployment["spec"]!["selector"]!["matchLabels"] = labels;
        deployment["spec"]!["template"]!["metadata"]!["labels"] = labels.DeepClone();
        return deployment;
    }

    /// <summary>The Canary for another kind of target.</summary>
    public static JsonObject CanaryOf(ResourceKind kind, string analysis = Ramp, string more = "") => Of(kind, Canary(analysis, more));

    /// <summary>The Canary, with a target of this kind.</summary>
    public static JsonObject Of(ResourceKind kind, JsonObject canary)
    {
        canary["spec"]!["targetRef"] = new JsonObject { ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind, ["name"] = "podinfo" };
        return canary;
    }

    /// <summary>Of its template's only container.</summary>
    public static string? ImageOf(JsonObject? workload) => (string?)workload?["spec"]?["template"]?["spec"]?["containers"]?[0]?["image"];

    /// <summary>The Deployment, reading the ConfigMap and the Secret of <see cref="CreateConfigs"/>.</summary>
    public static JsonObject DeploymentWithConfigs()
    {
        var target = Deployment();
        var pod = target["spec"]!["template"]!["spec"]!;
        pod["containers"]![0]!["envFrom"] = JsonNode.Parse("""[{"configMapRef": {"name": "podinfo-config"}}]""");
        pod["volumes"] = JsonNode.Parse("""[{"name": "secret", "secret": {"secretName": "podinfo-secret"}}]""");
        return target;
    }

    /// <summary>spec.autoscalerRef of the autoscaler podinfo.</summary>
    public static string ScaledBy(ResourceKind kind, string? more = null) =>
        $$""" "autoscalerRef": {"apiVersion": "{{kind.ApiVersion}}", "kind": "{{kind.Kind}}", "name": "podinfo"{{(more is null ? "" : $", {more}")}}} """;

    public static JsonObject PodAutoscaler() => Parse("""
        {
          "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "podinfo"},
          "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"}, "minReplicas": 2, "maxReplicas": 4,
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 90}}}]
          }
        }
        """);

    public static JsonObject ScaledObject(string target = "podinfo") => Parse($$$"""
        {
          "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "metadata": {"name": "{{{target}}}"},
          "spec": {
            "scaleTargetRef": {"name": "{{{target}}}"}, "minReplicaCount": 2, "maxReplicaCount": 4,
            "triggers": [{"type": "prometheus", "metadata": {"serverAddress": "http://prometheus:9090", "query": "sum(requests{app='{{{target}}}'})", "threshold": "5"}}]
          }
        }
        """);

    public static void CreateConfigs(TestNamespace world)
    {
        world.Create(Kinds.ConfigMaps, Parse("""
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "podinfo-config"}, "data": {"color": "red"}, "binaryData": {"logo": "AAEC"}}
            """));
        world.Create(Kinds.Secrets, Parse($$$"""
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "podinfo-secret"}, "type": "Opaque", "data": {"password": "{{{Base64("one")}}}"}}
            """));
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public const string Ramp = """ "stepWeights": [30, 60] """;

    public static JsonObject Canary(string analysis = Ramp, string more = "", string name = "podinfo") => Parse($$$"""
        {
          "apiVersion": "rollouts.dev/v1beta1", "kind": "Canary",
          "metadata": {"name": "{{{name}}}"},
          "spec": {
            "provider": "istio",
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"},
            "progressDeadlineSeconds": 600,
            "service": {"port": 80, "targetPort": 9898},
            "analysis": {
              "interval": "1s", "threshold": 2, {{{analysis}}},
              "metrics": [
                {"name": "request-success-rate", "thresholdRange": {"min": 99}, "interval": "1m"},
                {"name": "request-duration", "thresholdRange": {"max": 500}, "interval": "30s"}
              ]
            }{{{(more.Length == 0 ? "" : $", {more}")}}}
          }
        }
        """);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
