using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

/// <summary>Defaults of what makes pods.</summary>
internal static class WorkloadDefaults
{
    public static void Deployment(JsonObject deployment)
    {
        JsonObject spec = deployment.Ensure("spec");
        PodDefaults.Template(spec);
        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        JsonObject strategy = spec.Ensure("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.TextAt("type") == "RollingUpdate")
        {
            JsonObject rolling = strategy.Ensure("rollingUpdate");
            rolling.Default("maxUnavailable", "25%");
            rolling.Default("maxSurge", "25%");
        }
        deployment.Ensure("status");
    }

    public static void ReplicaSet(JsonObject set)
    {
        JsonObject spec = set.Ensure("spec");
        PodDefaults.Template(spec);
        spec.Default("replicas", 1);
        set.Ensure("status").Default("replicas", 0);
    }

    public static void ReplicationController(JsonObject controller)
    {
        JsonObject spec = controller.Ensure("spec");
        PodDefaults.Template(spec);
        spec.Default("replicas", 1);
        JsonObject? labels = spec.ObjectAt("template", "metadata", "labels");
        if (labels is not null)
        {
            spec.Default("selector", labels.DeepClone());
            controller.Metadata().Default("labels", labels.DeepClone());
        }
        controller.Ensure("status").Default("replicas", 0);
    }

    public static void DaemonSet(JsonObject set)
    {
        JsonObject spec = set.Ensure("spec");
        PodDefaults.Template(spec);
        spec.Default("revisionHistoryLimit", 10);
        JsonObject strategy = spec.Ensure("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.TextAt("type") == "RollingUpdate")
        {
            JsonObject rolling = strategy.Ensure("rollingUpdate");
            rolling.Default("maxUnavailable", 1);
            rolling.Default("maxSurge", 0);
        }
        JsonObject status = set.Ensure("status");
        foreach (string count in (string[])["currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady"])
            status.Default(count, 0);
    }

    public static void StatefulSet(JsonObject set)
    {
        JsonObject spec = set.Ensure("spec");
        PodDefaults.Template(spec);
        spec.Default("replicas", 1);
        spec.Default("serviceName", "");
        spec.Default("podManagementPolicy", "OrderedReady");
        spec.Default("revisionHistoryLimit", 10);
        JsonObject strategy = spec.Ensure("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.TextAt("type") == "RollingUpdate")
            strategy.Ensure("rollingUpdate").Default("partition", 0);
        JsonObject status = set.Ensure("status");
        status.Default("replicas", 0);
        status.Default("availableReplicas", 0);
    }

    public static void Job(JsonObject job)
    {
        JsonObject spec = job.Ensure("spec");
        PodDefaults.Template(spec);
        if (spec["completions"] is null && spec["parallelism"] is null)
            spec["completions"] = 1;
        spec.Default("parallelism", 1);
        spec.Default("backoffLimit", 6);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("suspend", false);
        job.Ensure("status");
    }

    public static void CronJob(JsonObject job)
    {
        JsonObject spec = job.Ensure("spec");
        JsonObject template = spec.Ensure("jobTemplate");
        template.Ensure("metadata");
        PodDefaults.Template(template.Ensure("spec"));
        spec.Default("concurrencyPolicy", "Allow");
        spec.Default("suspend", false);
        spec.Default("successfulJobsHistoryLimit", 3);
        spec.Default("failedJobsHistoryLimit", 1);
        job.Ensure("status");
    }
}
