using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Validating;

internal static class OtherRules
{
    public static void ConfigMap(JsonObject map, JsonObject? old, Faults faults)
    {
        Keys(map, faults);
        Immutable(map, old, faults);
        if (old.TrueAt("immutable") && !Json.Same(old!["binaryData"], map["binaryData"]))
            faults.Forbidden("binaryData", "field is immutable when `immutable` is set");
    }

    public static void Secret(JsonObject secret, JsonObject? old, Faults faults)
    {
        if (old is not null && old.TextAt("type") != secret.TextAt("type"))
            faults.Invalid("type", secret["type"], "field is immutable");
        Keys(secret, faults);
        if (secret.TextAt("type") == "kubernetes.io/tls")
            foreach (string key in (string[])["tls.crt", "tls.key"])
                if (secret.At("data", key) is null)
                    faults.Required($"data[{key}]");
        Immutable(secret, old, faults);
    }

    public static void Lease(JsonObject lease, JsonObject? old, Faults faults)
    {
        if (lease.NumberAt("spec", "leaseDurationSeconds") is <= 0 and { } seconds)
            faults.Invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
        if (lease.NumberAt("spec", "leaseTransitions") is < 0 and { } transitions)
            faults.Invalid("spec.leaseTransitions", transitions, "must be greater than or equal to 0");
    }

    public static void Autoscaler(JsonObject autoscaler, JsonObject? old, Faults faults)
    {
        JsonObject spec = autoscaler.Ensure("spec");
        long least = spec.NumberAt("minReplicas") ?? 1, most = spec.NumberAt("maxReplicas") ?? 0;
        if (least < 1)
            faults.Invalid("spec.minReplicas", least, "must be greater than or equal to 1");
        if (most < 1)
            faults.Invalid("spec.maxReplicas", most, "must be greater than 0");
        if (most < least)
            faults.Invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
        foreach (string name in (string[])["kind", "name"])
            if (spec.TextAt("scaleTargetRef", name) is null or "")
                faults.Required($"spec.scaleTargetRef.{name}");
    }

    public static void Event(JsonObject happening, JsonObject? old, Faults faults)
    {
        string about = happening.TextAt("involvedObject", "namespace") ?? "", ns = happening.Namespace() ?? "";
        if (about != ns && !(about.Length == 0 && ns == "default"))
            faults.Invalid("involvedObject.namespace", about, "does not match event.namespace");
    }

    /// <summary>What an event must have that is made by way of the new group.</summary>
    public static void NewEvent(JsonObject happening, Faults faults)
    {
        if (happening["eventTime"] is null)
            faults.Required("eventTime");
        else
            foreach (string name in (string[])["reportingComponent", "reportingInstance", "action", "reason"])
                if (happening.TextAt(name) is null or "")
                    faults.Required(name == "reportingComponent" ? "reportingController" : name);
        if (happening.TextAt("type") is not ("Normal" or "Warning"))
            faults.Invalid("type", happening.TextAt("type") ?? "", "has invalid value");
    }

    public static void Role(JsonObject role, JsonObject? old, Faults faults)
    {
        int index = 0;
        foreach (JsonObject rule in role.ObjectsAt("rules"))
        {
            if (rule.ArrayAt("verbs") is not { Count: > 0 })
                faults.Required($"rules[{index}].verbs", "verbs must contain at least one value");
            index++;
        }
    }

    public static void Binding(JsonObject binding, JsonObject? old, Faults faults)
    {
        if (old is not null && !Json.Same(old["roleRef"], binding["roleRef"]))
            faults.Invalid("roleRef", binding["roleRef"], "cannot change roleRef");
    }

    private static void Keys(JsonObject obj, Faults faults)
    {
        foreach (string member in (string[])["data", "binaryData"])
            foreach (var (key, _) in obj.ObjectAt(member) ?? [])
                if (Names.ConfigKey(key) is { } wrong)
                    faults.Invalid($"{member}[{key}]", key, wrong);
    }

    private static void Immutable(JsonObject obj, JsonObject? old, Faults faults)
    {
        if (!old.TrueAt("immutable"))
            return;
        if (!obj.TrueAt("immutable"))
            faults.Forbidden("immutable", "field is immutable when `immutable` is set");
        if (!Json.Same(old!["data"], obj["data"]))
            faults.Forbidden("data", "field is immutable when `immutable` is set");
    }
}
