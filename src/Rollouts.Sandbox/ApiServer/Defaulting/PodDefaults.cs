using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

/// <summary>Defaults of pods and of templates of pods.</summary>
internal static class PodDefaults
{
    public static void Pod(JsonObject pod)
    {
        JsonObject spec = pod.Ensure("spec");
        Spec(spec);
        spec.Default("enableServiceLinks", true);
        foreach (JsonObject container in spec.ObjectsAt("containers").Concat(spec.ObjectsAt("initContainers")))
            RequestsFromLimits(container.Ensure("resources"));
        JsonObject status = pod.Ensure("status");
        status.Default("phase", "Pending");
        status.Default("qosClass", QualityOfService.Of(spec));
    }

    public static void Template(JsonObject owner)
    {
        JsonObject template = owner.Ensure("template");
        template.Ensure("metadata");
        Spec(template.Ensure("spec"));
    }

    private static void Spec(JsonObject spec)
    {
        foreach (JsonObject container in spec.ObjectsAt("containers").Concat(spec.ObjectsAt("initContainers")))
            ContainerDefaults.Container(container, spec.TrueAt("hostNetwork"));
        foreach (JsonObject volume in spec.ObjectsAt("volumes"))
            Volume(volume);
        spec.Default("restartPolicy", "Always");
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("schedulerName", "default-scheduler");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Ensure("securityContext");
        if (spec.TextAt("serviceAccountName") is { } name)
            spec["serviceAccount"] = name;
        else if (spec.TextAt("serviceAccount") is { } old)
            spec["serviceAccountName"] = old;
        foreach (JsonObject constraint in spec.ObjectsAt("topologySpreadConstraints"))
            constraint.Default("whenUnsatisfiable", "DoNotSchedule");
    }

    private static void Volume(JsonObject volume)
    {
        if (volume.Count <= 1)
            volume["emptyDir"] = new JsonObject();
        foreach (string source in (string[])["secret", "configMap", "downwardAPI", "projected"])
            volume.ObjectAt(source)?.Default("defaultMode", 420);
        foreach (JsonObject item in volume.ObjectsAt("downwardAPI", "items"))
            item.ObjectAt("fieldRef")?.Default("apiVersion", "v1");
        foreach (JsonObject source in volume.ObjectsAt("projected", "sources"))
        {
            source.ObjectAt("serviceAccountToken")?.Default("expirationSeconds", 3600);
            foreach (JsonObject item in source.ObjectsAt("downwardAPI", "items"))
                item.ObjectAt("fieldRef")?.Default("apiVersion", "v1");
        }
        if (volume.ObjectAt("hostPath") is { } hostPath && !hostPath.ContainsKey("type"))
            hostPath["type"] = "";
    }

    private static void RequestsFromLimits(JsonObject resources)
    {
        foreach (var (name, limit) in resources.ObjectAt("limits") ?? [])
            resources.Ensure("requests").Default(name, limit!.DeepClone());
    }
}
