using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>The labels by which a Job knows its pods.</summary>
internal static class JobIdentity
{
    public static void Give(JsonObject job)
    {
        JsonObject spec = job.Ensure("spec");
        if (spec.TrueAt("manualSelector"))
            return;
        spec.Ensure("selector").Ensure("matchLabels")["controller-uid"] = job.Uid();
        foreach (JsonObject metadata in (JsonObject[])[spec.Ensure("template").Ensure("metadata"), job.Metadata()])
        {
            JsonObject labels = metadata.Ensure("labels");
            labels["controller-uid"] = job.Uid();
            labels["job-name"] = job.Name();
        }
        job.Metadata().Ensure("annotations")["batch.kubernetes.io/job-tracking"] = "";
    }
}
