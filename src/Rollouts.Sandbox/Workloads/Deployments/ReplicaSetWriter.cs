using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>Makes, numbers, sizes and removes the ReplicaSets of a Deployment.</summary>
internal sealed class ReplicaSetWriter(ICluster cluster, EventRecorder events, DeploymentStatus statuses)
{
    private const string Component = "deployment-controller";

    /// <summary>Gives the ReplicaSet of the present template the newest revision, and the Deployment the same.</summary>
    public void SyncRevision(DeploymentScene scene)
    {
        if (scene.New is not { } set)
            return;
        JsonObject next = set.Copy();
        next.Metadata()["annotations"] = RevisionAnnotations.ForNewSet(scene.Deployment, next.CopyOf("annotations"), NextRevision(scene));
        next["spec"]!.AsObject().Put("minReadySeconds", MinReadySeconds(scene));
        if (!Json.Same(set, next))
            scene.Replace(set, next = cluster.Update(Kinds.ReplicaSets, next));
        statuses.Adopt(scene, next.TextAt("metadata", "annotations", RevisionAnnotations.Revision) ?? "1",
            "FoundNewReplicaSet", $"Found new replica set \"{next.Name()}\"", onlyIfNone: true);
    }

    public JsonObject CreateNew(DeploymentScene scene)
    {
        long revision = NextRevision(scene);
        JsonObject made;
        try
        {
            made = cluster.Create(Kinds.ReplicaSets, Build(scene, revision));
        }
        catch (ApiException taken) when (taken.Reason == "AlreadyExists")
        {
            // It is another template's (one of ours would have been found): the next look hashes with the new count.
            statuses.CountCollision(scene);
            throw;
        }
        scene.AddNew(made);
        if (made.Replicas() > 0)
            events.Tell(Component, Kinds.Deployments, scene.Deployment, "ScalingReplicaSet",
                $"Scaled up replica set {made.Name()} to {made.Replicas()}");
        statuses.Adopt(scene, RevisionAnnotations.Text(revision),
            "NewReplicaSetCreated", $"Created new replica set \"{made.Name()}\"", onlyIfNone: false);
        return made;
    }

    public void Resize(DeploymentScene scene, Resize wanted)
    {
        JsonObject set = scene.All.Single(s => s.Name() == wanted.Name);
        int before = set.Replicas();
        JsonObject next = set.Copy();
        next["spec"]!["replicas"] = wanted.Replicas;
        next.Metadata()["annotations"] = RevisionAnnotations.WithSizes(next.CopyOf("annotations"), scene.Spec);
        if (Json.Same(set, next))
            return;
        scene.Replace(set, cluster.Update(Kinds.ReplicaSets, next));
        if (before != wanted.Replicas)
            events.Tell(Component, Kinds.Deployments, scene.Deployment, "ScalingReplicaSet",
                $"Scaled {(wanted.Replicas > before ? "up" : "down")} replica set {wanted.Name} to {wanted.Replicas} from {before}");
    }

    /// <summary>Removes old ReplicaSets without pods beyond the history limit, the lowest revisions first.</summary>
    public void CleanUp(DeploymentScene scene)
    {
        if (scene.Spec.HistoryLimit is not { } limit)
            return;
        List<JsonObject> old = [.. scene.Old.Where(s => !s.IsDeleting())
            .OrderBy(s => RevisionAnnotations.Number(s, RevisionAnnotations.Revision) ?? 0)];
        foreach (JsonObject set in old.Take(Math.Max(0, old.Count - limit)))
            if (set.Replicas() == 0 && set["status"].Counter("replicas") == 0
                && (set.NumberAt("metadata", "generation") ?? 0) <= (set.NumberAt("status", "observedGeneration") ?? 0))
                cluster.Delete(Kinds.ReplicaSets, set.Namespace(), set.Name());
    }

    private static long NextRevision(DeploymentScene scene) =>
        scene.Old.Select(s => RevisionAnnotations.Number(s, RevisionAnnotations.Revision) ?? 0).DefaultIfEmpty().Max() + 1;

    private static JsonNode? MinReadySeconds(DeploymentScene scene) =>
        scene.Spec.MinReadySeconds == 0 ? null : scene.Spec.MinReadySeconds;

    private static JsonObject Build(DeploymentScene scene, long revision)
    {
        JsonObject deployment = scene.Deployment;
        JsonObject template = deployment.ObjectAt("spec", "template")!.Copy();
        string hash = TemplateHash.Of(template, deployment.NumberAt("status", "collisionCount") ?? 0);
        template.Metadata().Ensure("labels")[RevisionAnnotations.HashLabel] = hash;
        JsonObject selector = deployment.ObjectAt("spec", "selector")!.Copy();
        selector.Ensure("matchLabels")[RevisionAnnotations.HashLabel] = hash;
        JsonObject annotations = RevisionAnnotations.ForNewSet(deployment, [], revision);
        var spec = new JsonObject
        {
            ["replicas"] = RollingUpdate.NewSize(scene.Spec, 0, scene.All.Sum(s => scene.SizeOf(s).AtMost)),
            ["selector"] = selector,
            ["template"] = template,
        };
        spec.Put("minReadySeconds", MinReadySeconds(scene));
        return new JsonObject
        {
            ["apiVersion"] = Kinds.ReplicaSets.ApiVersion,
            ["kind"] = Kinds.ReplicaSets.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name()}-{hash}",
                ["namespace"] = deployment.Namespace(),
                ["labels"] = template.CopyOf("labels"),
                ["annotations"] = RevisionAnnotations.WithSizes(annotations, scene.Spec),
                ["ownerReferences"] = new JsonArray(Ownership.Reference(Kinds.Deployments, deployment)),
            },
            ["spec"] = spec,
        };
    }
}
