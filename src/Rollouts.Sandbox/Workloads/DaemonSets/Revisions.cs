using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.DaemonSets;

/// <summary>The history of a DaemonSet's templates, kept in ControllerRevisions.</summary>
internal static class Revisions
{
    /// <summary>Sees to it that the present template has the newest revision, and that there are no more than the set wants to keep.</summary>
    /// <returns>The hash of the present template.</returns>
    public static string Sync(ICluster cluster, JsonObject set)
    {
        JsonObject template = set.ObjectAt("spec", "template")?.Copy() ?? [];
        string hash = TemplateHash.Of(template);
        if (set.IsDeleting())
            return hash;
        List<JsonObject> history = [.. cluster.List(Kinds.ControllerRevisions, set.Namespace())
            .Where(r => r.IsControlledBy(set)).OrderBy(Number)];
        JsonObject? present = history.FirstOrDefault(r => r.TextAt("metadata", "labels", DaemonPod.HashLabel) == hash);
        long next = history.Select(Number).DefaultIfEmpty().Max() + 1;
        if (present is null)
            cluster.Create(Kinds.ControllerRevisions, Revision(set, template, hash, next));
        else if (Number(present) + 1 < next)
        {
            present["revision"] = next;
            cluster.Update(Kinds.ControllerRevisions, present);
        }
        Trim(cluster, set, history, hash);
        return hash;
    }

    private static long Number(JsonObject revision) => revision.NumberAt("revision") ?? 0;

    private static void Trim(ICluster cluster, JsonObject set, List<JsonObject> history, string hash)
    {
        long limit = set.NumberAt("spec", "revisionHistoryLimit") ?? 10;
        List<JsonObject> old = [.. history.Where(r => r.TextAt("metadata", "labels", DaemonPod.HashLabel) != hash)];
        foreach (JsonObject revision in old.Take((int)Math.Max(0, old.Count - limit)))
            cluster.Delete(Kinds.ControllerRevisions, revision.Namespace(), revision.Name());
    }

    private static JsonObject Revision(JsonObject set, JsonObject template, string hash, long number)
    {
        JsonObject labels = template.CopyOf("labels");
        labels[DaemonPod.HashLabel] = hash;
        var metadata = new JsonObject
        {
            ["name"] = $"{set.Name()}-{hash}",
            ["namespace"] = set.Namespace(),
            ["labels"] = labels,
        };
        metadata.Put("annotations", set.At("metadata", "annotations")?.DeepClone());
        metadata["ownerReferences"] = new JsonArray(Ownership.Reference(Kinds.DaemonSets, set));
        // The template as a patch that would bring it back, which is what kubectl rollout undo sends.
        template["$patch"] = "replace";
        return new JsonObject
        {
            ["apiVersion"] = Kinds.ControllerRevisions.ApiVersion,
            ["kind"] = Kinds.ControllerRevisions.Kind,
            ["metadata"] = metadata,
            ["data"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = template } },
            ["revision"] = number,
        };
    }
}
