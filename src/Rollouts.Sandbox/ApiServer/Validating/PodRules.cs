using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>What a pod's spec must be, alone or in a template.</summary>
internal static class PodRules
{
    private static readonly string[] RestartPolicies = ["Always", "OnFailure", "Never"];
    private static readonly string[] DnsPolicies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

    public static void Check(JsonObject spec, string path, Faults faults, params string[] restartPolicies)
    {
        HashSet<string> volumes = [.. spec.ObjectsAt("volumes").Select(v => v.TextAt("name") ?? "")];
        if (!spec.ObjectsAt("containers").Any())
            faults.Required($"{path}.containers");
        HashSet<string> names = [];
        foreach (string list in (string[])["containers", "initContainers"])
        {
            int index = 0;
            foreach (JsonObject container in spec.ObjectsAt(list))
                ContainerRules.Check(container, $"{path}.{list}[{index++}]", volumes, names, faults);
        }
        CheckPolicy("restartPolicy", restartPolicies.Length > 0 ? restartPolicies : RestartPolicies);
        CheckPolicy("dnsPolicy", DnsPolicies);
        if (spec.NumberAt("terminationGracePeriodSeconds") is < 0 and { } grace)
            faults.Invalid($"{path}.terminationGracePeriodSeconds", grace, "must be greater than or equal to 0");

        void CheckPolicy(string name, string[] supported)
        {
            if (!supported.Contains(spec.TextAt(name)))
                faults.NotSupported($"{path}.{name}", spec[name], supported);
        }
    }

    /// <summary>Of a pod's spec little may change once it is there.</summary>
    public static void CheckUpdate(JsonObject old, JsonObject pod, Faults faults)
    {
        if (old["spec"] is null || pod["spec"] is null)
            return;
        if (!Json.Same(Fixed(old), Fixed(pod)))
            faults.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, "
                + "`spec.activeDeadlineSeconds`, `spec.tolerations` (only additions to existing tolerations) or `spec.terminationGracePeriodSeconds`");
    }

    private static JsonObject Fixed(JsonObject pod)
    {
        var spec = (JsonObject)pod["spec"]!.DeepClone();
        foreach (string name in (string[])["activeDeadlineSeconds", "tolerations", "nodeName", "terminationGracePeriodSeconds"])
            spec.Remove(name);
        foreach (JsonObject container in spec.ObjectsAt("containers").Concat(spec.ObjectsAt("initContainers")))
        {
            container.Remove("image");
            container.Remove("imagePullPolicy");
        }
        return spec;
    }
}
