using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>What the kinds that make pods must be.</summary>
internal static partial class WorkloadRules
{
    public static void Deployment(JsonObject deployment, JsonObject? old, Faults faults)
    {
        JsonObject spec = deployment.Ensure("spec");
        NotNegative(spec, "spec", "replicas", faults);
        Template(spec, faults);
        Strategy(spec, faults);
        NotNegative(spec, "spec", "minReadySeconds", faults);
        NotNegative(spec, "spec", "revisionHistoryLimit", faults);
        if (spec.NumberAt("progressDeadlineSeconds") is { } deadline)
        {
            NotNegative(spec, "spec", "progressDeadlineSeconds", faults);
            if (deadline <= (spec.NumberAt("minReadySeconds") ?? 0))
                faults.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
        if (old is null)
            return;
        SameSelector(spec, old, faults);
        Counters(deployment.ObjectAt("status"), faults, ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"]);
    }

    public static void ReplicaSet(JsonObject set, JsonObject? old, Faults faults)
    {
        JsonObject spec = set.Ensure("spec");
        NotNegative(spec, "spec", "replicas", faults);
        NotNegative(spec, "spec", "minReadySeconds", faults);
        Template(spec, faults);
        if (old is null)
            return;
        SameSelector(spec, old, faults);
        Counters(set.ObjectAt("status"), faults, ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas"]);
    }

    public static void DaemonSet(JsonObject set, JsonObject? old, Faults faults)
    {
        JsonObject spec = set.Ensure("spec");
        Template(spec, faults);
        NotNegative(spec, "spec", "minReadySeconds", faults);
        if (old is not null)
            SameSelector(spec, old, faults);
    }

    public static void StatefulSet(JsonObject set, JsonObject? old, Faults faults)
    {
        JsonObject spec = set.Ensure("spec");
        NotNegative(spec, "spec", "replicas", faults);
        Template(spec, faults);
        if (old is not null && !Json.Same(Fixed(old), Fixed(set)))
            faults.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }

    public static void Job(JsonObject job, JsonObject? old, Faults faults)
    {
        JsonObject spec = job.Ensure("spec");
        NotNegative(spec, "spec", "parallelism", faults);
        NotNegative(spec, "spec", "completions", faults);
        PodRules.Check(spec.Ensure("template").Ensure("spec"), "spec.template.spec", faults, "OnFailure", "Never");
        if (old is not null && !Json.Same(old.At("spec", "template"), job.At("spec", "template")))
            faults.Invalid("spec.template", null, "field is immutable");
    }

    public static void CronJob(JsonObject job, JsonObject? old, Faults faults)
    {
        string schedule = job.TextAt("spec", "schedule") ?? "";
        int fields = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (schedule.Length == 0)
            faults.Required("spec.schedule");
        else if (!schedule.StartsWith('@') && fields != 5)
            faults.Invalid("spec.schedule", schedule, $"expected exactly 5 fields, found {fields}");
        if (job.ObjectAt("spec", "jobTemplate", "spec", "template", "spec") is { } pod)
            PodRules.Check(pod, "spec.jobTemplate.spec.template.spec", faults, "OnFailure", "Never");
    }

    private static void Template(JsonObject spec, Faults faults)
    {
        SelectorRules.Check(spec, faults);
        PodRules.Check(spec.Ensure("template").Ensure("spec"), "spec.template.spec", faults, "Always");
    }

    private static void Strategy(JsonObject spec, Faults faults)
    {
        JsonObject? strategy = spec.ObjectAt("strategy"), rolling = strategy.ObjectAt("rollingUpdate");
        switch (strategy.TextAt("type"))
        {
            case "Recreate":
                if (rolling is not null)
                    faults.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                break;
            case "RollingUpdate":
                const string path = "spec.strategy.rollingUpdate";
                bool surge = CountOrPercent(rolling?["maxSurge"], $"{path}.maxSurge", faults);
                bool unavailable = CountOrPercent(rolling?["maxUnavailable"], $"{path}.maxUnavailable", faults, most: 100);
                if (surge && unavailable && IsZero(rolling?["maxSurge"]) && IsZero(rolling?["maxUnavailable"]))
                    faults.Invalid($"{path}.maxUnavailable", rolling?["maxUnavailable"], "may not be 0 when `maxSurge` is 0");
                break;
            default:
                faults.NotSupported("spec.strategy", strategy, "Recreate", "RollingUpdate");
                break;
        }
    }

    private static bool CountOrPercent(JsonNode? value, string field, Faults faults, int? most = null)
    {
        if (value.AsNumber() is { } count)
        {
            if (count < 0)
                faults.Invalid(field, value, "must be greater than or equal to 0");
            return count >= 0;
        }
        Match percent = Percent().Match(value.AsText() ?? "");
        if (!percent.Success)
            faults.Invalid(field, value, "a valid percent string must be a numeric string followed by an ending '%'");
        else if (most is not null && int.Parse(percent.Groups[1].ValueSpan) > most)
            faults.Invalid(field, value, $"must not be greater than {most}%");
        else
            return true;
        return false;
    }

    private static bool IsZero(JsonNode? value) => value.AsNumber() == 0 || value.AsText() is "0%";

    private static void NotNegative(JsonObject owner, string path, string name, Faults faults)
    {
        if (owner.NumberAt(name) is < 0 and { } negative)
            faults.Invalid($"{path}.{name}", negative, "must be greater than or equal to 0");
    }

    private static void Counters(JsonObject? status, Faults faults, string[] names)
    {
        if (status is null)
            return;
        foreach (string name in names)
            NotNegative(status, "status", name, faults);
        long replicas = status.NumberAt("replicas") ?? 0, ready = status.NumberAt("readyReplicas") ?? 0, available = status.NumberAt("availableReplicas") ?? 0;
        foreach (string name in names.Except(["replicas", "unavailableReplicas"]))
            if ((status.NumberAt(name) ?? 0) is var count && count > replicas)
                faults.Invalid($"status.{name}", count, "cannot be greater than status.replicas");
        if (available > ready)
            faults.Invalid("status.availableReplicas", available, "cannot be greater than readyReplicas");
    }

    private static void SameSelector(JsonObject spec, JsonObject old, Faults faults)
    {
        if (!Json.Same(spec["selector"], old.At("spec", "selector")))
            faults.Invalid("spec.selector", spec["selector"], "field is immutable");
    }

    private static JsonObject Fixed(JsonObject set)
    {
        var spec = (JsonObject)(set["spec"]?.DeepClone() ?? new JsonObject());
        foreach (string name in (string[])
            ["replicas", "ordinals", "template", "updateStrategy", "persistentVolumeClaimRetentionPolicy", "minReadySeconds", "revisionHistoryLimit"])
            spec.Remove(name);
        return spec;
    }

    [GeneratedRegex(@"\A([0-9]+)%\z")]
    private static partial Regex Percent();
}
