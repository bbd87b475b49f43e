using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Tests.Workloads;

/// <summary>Objects as a user writes them; a test states only what matters to it, as JSON merged over the rest.</summary>
internal static class Manifests
{
    public static JsonObject Deployment(int replicas = 2, string spec = "{}", string template = "{}", string name = "web") => Merge(new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = Json("""{"matchLabels": {"app": "web"}}"""),
            ["strategy"] = Json("""{"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}}"""),
            ["progressDeadlineSeconds"] = 600,
            ["revisionHistoryLimit"] = 10,
            ["template"] = Template(template),
        },
    }, $$"""{"spec": {{spec}}}""");

    public static JsonObject ReplicaSet(int replicas = 2, string template = "{}") => new()
    {
        ["metadata"] = new JsonObject { ["name"] = "set", ["namespace"] = "default" },
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = Json("""{"matchLabels": {"app": "web"}}"""),
            ["template"] = Template(template),
        },
    };

    public static JsonObject DaemonSet(string spec = "{}", string template = "{}") => Merge(new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "agent", ["namespace"] = "default" },
        ["spec"] = new JsonObject
        {
            ["selector"] = Json("""{"matchLabels": {"app": "web"}}"""),
            ["updateStrategy"] = Json("""{"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}"""),
            ["template"] = Template(template),
        },
    }, $$"""{"spec": {{spec}}}""");

    public static JsonObject Service(string spec = "{}", string name = "web") => Merge(new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default", ["labels"] = Json("""{"tier": "front"}""") },
        ["spec"] = Json("""
            {"selector": {"app": "web"}, "ports": [{"name": "http", "port": 80, "targetPort": "http"}, {"name": "m", "port": 90, "targetPort": 9090}]}
            """),
    }, $$"""{"spec": {{spec}}}""");

    /// <summary>An autoscaler of the Deployment web.</summary>
    public static JsonObject Autoscaler(int min, int max, string name = "web") => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["spec"] = new JsonObject
        {
            ["scaleTargetRef"] = Json("""{"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}"""),
            ["minReplicas"] = min,
            ["maxReplicas"] = max,
        },
    };

    /// <summary>A ScaledObject of the Deployment web, as short as KEDA takes it.</summary>
    public static JsonObject ScaledObject(string spec = "{}") => Merge(new JsonObject
    {
        ["apiVersion"] = "keda.sh/v1alpha1",
        ["kind"] = "ScaledObject",
        ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = "default" },
        ["spec"] = Json("""{"scaleTargetRef": {"name": "web"}, "triggers": [{"type": "prometheus", "metadata": {"query": "up"}}]}"""),
    }, $$"""{"spec": {{spec}}}""");

    public static JsonObject Pod(string name = "lonely", string pod = "{}")
    {
        JsonObject made = Template("{}");
        made["metadata"]!["name"] = name;
        made["metadata"]!["namespace"] = "default";
        return Merge(made, pod);
    }

    private static JsonObject Template(string changes) => Merge(Json("""
        {
          "metadata": {"labels": {"app": "web"}},
          "spec": {
            "terminationGracePeriodSeconds": 30,
            "containers": [{"name": "app", "image": "example.test/app:1", "ports": [{"name": "http", "containerPort": 8080}]}]
          }
        }
        """), changes);

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static JsonObject Merge(JsonObject target, string changes)
    {
        Merge(target, Json(changes));
        return target;
    }

    private static void Merge(JsonObject target, JsonObject changes)
    {
        foreach (var (name, value) in changes)
            if (value is JsonObject members && target[name] is JsonObject present)
                Merge(present, members);
            else if (value is null)
                target.Remove(name);
            else
                target[name] = value.DeepClone();
    }
}
