using System.Text;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

internal static class OtherDefaults
{
    public static void PodDisruptionBudget(JsonObject budget)
    {
        JsonObject status = budget.Ensure("status");
        foreach (string count in (string[])["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"])
            status.Default(count, 0);
    }

    public static void Secret(JsonObject secret)
    {
        secret.Default("type", "Opaque");
        if (secret.ObjectAt("stringData") is not { } texts)
            return;
        JsonObject data = secret.Ensure("data");
        foreach (var (key, text) in texts)
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.AsText() ?? ""));
        secret.Remove("stringData");
    }

    public static void Namespace(JsonObject ns)
    {
        ns.Metadata().Ensure("labels")["kubernetes.io/metadata.name"] = ns.Name();
        ns.Ensure("status").Default("phase", "Active");
    }

    public static void Event(JsonObject happening)
    {
        happening.Ensure("source");
        happening.Ensure("involvedObject");
        foreach (string name in (string[])["reportingComponent", "reportingInstance"])
            happening.Default(name, "");
    }

    public static void Binding(JsonObject binding)
    {
        if (binding.ObjectAt("roleRef") is { } role)
            role.Default("apiGroup", "rbac.authorization.k8s.io");
        foreach (JsonObject subject in binding.ObjectsAt("subjects"))
            if (subject.TextAt("kind") is "User" or "Group")
                subject.Default("apiGroup", "rbac.authorization.k8s.io");
    }

    public static void Claim(JsonObject claim)
    {
        claim.Ensure("spec").Default("volumeMode", "Filesystem");
        claim.Ensure("status").Default("phase", "Pending");
    }
}
