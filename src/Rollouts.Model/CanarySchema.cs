using Rollouts.Model.Analysis;
using Rollouts.Model.Json;
using Rollouts.Model.Schemas;
using Rollouts.Model.Service;

namespace Rollouts.Model;

/// <summary>The shape of <c>spec</c>: <see cref="CanarySpec"/> reads what this lets through.</summary>
internal static class CanarySchema
{
    /// <summary>Longest name of an apex Service: <c>-primary</c> is put behind it, and a Service's name has at most 63 characters.</summary>
    public const int LongestServiceName = 55;

    public static ObjectSchema Spec { get; } = new("What is released, how it moves and what it is judged by.")
    {
        Required = ["targetRef", "analysis"],
        Fields = new()
        {
            ["provider"] = new TextSchema("Mesh or ingress that routes the traffic; default: the controller's --mesh-provider.")
            {
                Words =
                [
                    "istio", "linkerd", "gatewayapi:v1", "gatewayapi:v1beta1", "smi:v1alpha1", "smi:v1alpha2", "smi:v1alpha3", "kubernetes",
                    "nginx", "contour", "gloo", "traefik", "apisix", "skipper", "kuma", "osm", "knative",
                ],
            },
            ["metricsServer"] = new TextSchema("URL of the Prometheus that built-in metrics are read from; default: the controller's --metrics-server.")
            {
                MaxLength = 2048,
                Pattern = "^https?://.+",
                PatternMeans = "a URL such as http://prometheus.monitoring:9090",
            },
            ["targetRef"] = Target,
            ["autoscalerRef"] = Autoscaler,
            ["ingressRef"] = Reference("Ingress of the target, for provider nginx and skipper.", "Ingress"),
            ["routeRef"] = Reference("ApisixRoute of the target, for provider apisix.", "ApisixRoute"),
            ["upstreamRef"] = Reference("Upstream that the generated ones are copied from, for provider gloo.", "Upstream"),
            ["service"] = ServiceSchema.Service,
            ["analysis"] = AnalysisSchema.Analysis,
            ["progressDeadlineSeconds"] = IntegerSchema.Count("Seconds that a workload may take to become ready, at least 1; default 600.", 1),
            ["skipAnalysis"] = new FlagSchema("Promote as soon as the candidate is ready, without steps and checks; default false."),
            ["suspend"] = new FlagSchema("Leave everything as it is, also in mid-run, until this is taken away; default false."),
            ["schedule"] = ScheduleSchema.Schedule,
            ["deletionPolicy"] = TextSchema.Word<DeletionPolicy>(
                "On deletion restore traffic and replicas to the plain target first, or orphan everything as it is; default restore.", Words.Camel),
            ["revertOnDeletion"] = new FlagSchema("Flagger's word for deletionPolicy: true means restore, false means orphan; deletionPolicy goes before it."),
            ["historyLimit"] = new IntegerSchema("Finished runs kept in status.history; default 10.", 0, 100),
        },
        Rules =
        [
            Rule.Of(
                "has(self.service) || self.targetRef.apiVersion == 'serving.knative.dev/v1'",
                "needs service with at least a port",
                spec => spec["service"] is not null || new JsonCursor(spec).Object("targetRef").Text("apiVersion") == "serving.knative.dev/v1"),
            Rule.Of(
                $"(has(self.service) && has(self.service.name)) || size(self.targetRef.name) <= {LongestServiceName}",
                $"needs service.name of at most {LongestServiceName} characters, because targetRef.name is too long to name Services after",
                spec => new JsonCursor(spec).Object("service").Text("name") is not null
                    || !(new JsonCursor(spec).Object("targetRef").Text("name")?.Length > LongestServiceName)),
            .. TargetRules.All,
            .. ConnectionRules.All,
        ],
    };

    private static ObjectSchema Target => new("The workload that is released, in the Canary's namespace.")
    {
        Required = ["apiVersion", "kind", "name"],
        Fields = new()
        {
            ["apiVersion"] = new TextSchema("API version of the workload, for example apps/v1.") { MinLength = 1 },
            ["kind"] = TextSchema.Word<TargetKind>("Kind of the workload: Deployment, DaemonSet or Service.", Words.Pascal),
            ["name"] = Name("Name of the workload."),
        },
    };

    private static ObjectSchema Autoscaler => new("Autoscaler of the target; a copy of it scales the primary.")
    {
        Required = ["apiVersion", "kind", "name"],
        Fields = new()
        {
            ["apiVersion"] = new TextSchema("API version of the autoscaler, for example autoscaling/v2.") { MinLength = 1 },
            ["kind"] = new TextSchema("HorizontalPodAutoscaler or ScaledObject.") { Words = ["HorizontalPodAutoscaler", "ScaledObject"] },
            ["name"] = Name("Name of the autoscaler."),
            ["primaryScalerQueries"] = new MapSchema("Query of the primary's trigger by the trigger's name, for a ScaledObject."),
            ["primaryScalerReplicas"] = new ObjectSchema("Replicas of the primary's autoscaler, where they differ from the target's.")
            {
                Fields = new()
                {
                    ["minReplicas"] = IntegerSchema.Count("Least replicas of the primary, at least 1.", 1),
                    ["maxReplicas"] = IntegerSchema.Count("Most replicas of the primary, at least 1.", 1),
                },
            },
        },
    };

    private static ObjectSchema Reference(string description, string kind) => new(description)
    {
        Required = ["apiVersion", "kind", "name"],
        Fields = new()
        {
            ["apiVersion"] = new TextSchema("API version of the object.") { MinLength = 1 },
            ["kind"] = new TextSchema($"Kind of the object: {kind}.") { Words = [kind] },
            ["name"] = Name("Name of the object."),
            ["namespace"] = Name("Namespace of the object; default: the Canary's."),
        },
    };

    internal static TextSchema Name(string description) => new(description)
    {
        MinLength = 1,
        Pattern = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
        PatternMeans = "small letters, digits, dashes and dots, as Kubernetes names are",
    };
}
