using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Converting;

/// <summary>Members that upstream writes as null or empty where nothing is set, though it stores nothing.</summary>
internal static class Presentation
{
    public static void Complete(ResourceKind kind, JsonObject obj)
    {
        switch (kind.Kind)
        {
            case "Event" when kind.Group.Length == 0:
                Nulls(obj, "firstTimestamp", "lastTimestamp", "eventTime");
                break;
            case "Event":
                Nulls(obj, "eventTime", "deprecatedFirstTimestamp", "deprecatedLastTimestamp");
                break;
            case "CustomResourceDefinition":
                Nulls(obj.Ensure("status"), "conditions");
                break;
            case "HorizontalPodAutoscaler" when kind.Version == "v2":
                Nulls(obj.Ensure("status"), "currentMetrics");
                break;
            case "EndpointSlice":
                Nulls(obj, "endpoints", "ports");
                break;
            case "Pod":
                Pod(obj);
                break;
            case "CronJob":
                Template(obj.ObjectAt("spec", "jobTemplate"));
                Template(obj.ObjectAt("spec", "jobTemplate", "spec", "template"));
                break;
            default:
                if (kind.Kind == "Deployment")
                    foreach (JsonObject condition in obj.ObjectsAt("status", "conditions"))
                        Nulls(condition, "lastUpdateTime", "lastTransitionTime");
                Template(obj.ObjectAt("spec", "template") ?? obj.ObjectAt("template"));
                break;
        }
    }

    private static void Pod(JsonObject pod)
    {
        foreach (JsonObject condition in pod.ObjectsAt("status", "conditions"))
            Nulls(condition, "lastProbeTime", "lastTransitionTime");
        foreach (JsonObject container in pod.ObjectsAt("status", "containerStatuses").Concat(pod.ObjectsAt("status", "initContainerStatuses")))
            foreach (string state in (string[])["state", "lastState"])
            {
                if (container.Ensure(state).ObjectAt("running") is { } running)
                    Nulls(running, "startedAt");
                if (container.ObjectAt(state, "terminated") is { } terminated)
                    Nulls(terminated, "startedAt", "finishedAt");
            }
    }

    private static void Template(JsonObject? template)
    {
        if (template is not null)
            Nulls(template.Ensure("metadata"), "creationTimestamp");
    }

    private static void Nulls(JsonObject owner, params string[] names)
    {
        foreach (string name in names)
            owner.TryAdd(name, null);
    }
}
