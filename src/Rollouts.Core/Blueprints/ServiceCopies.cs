using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Core.Targets;
using Rollouts.Model;
using Rollouts.Model.Service;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// A target that is itself a Service: whom it selects is released step by step, and the pods are somebody else's. <c>-primary</c> has the
/// content of the promoted revision. <c>-canary</c> has that of the revision under test while its run lasts, which its annotation says, and
/// the promoted one between runs. The Service itself is the user's and only given back what was promoted when a person asks for it.
/// </summary>
internal static class ServiceCopies
{
    public static IEnumerable<Change> For(Plan plan, TargetFacts target)
    {
        if (plan.PrimaryRevision is { } revision && TemplateSnapshots.Find(plan, target, revision) is { } proven)
            yield return Copy(plan, target, plan.Names.PrimaryService, proven, revision, plan.Canary.Spec.Service.Primary);
        if (plan.Status.StableRevision is { } stable && TemplateSnapshots.Find(plan, target, stable) is { } served)
            yield return Candidate(plan, target, served);
    }

    private static Change.Shape Candidate(Plan plan, TargetFacts target, JsonObject served)
    {
        var extra = plan.Canary.Spec.Service.Canary;
        var isTested = plan.InRun && plan.Status.Run?.Revision == target.Workload.Revision;
        // Turned only while nothing is sent to it; and one that somebody deleted is made anew as it was.
        var mayTurn = target.Workload is { Wanted: > 0, UpToDate: true } || plan.Seen.Route.IsAt(Traffic.AllPrimary);
        var tested = Copy(plan, target, plan.Names.CandidateService, target.Spec, target.Workload.Revision, extra);
        var resting = Copy(plan, target, plan.Names.CandidateService, served, null, extra);
        var mayRest = target.Workload.Wanted == 0 || CandidateScale.MayRest(plan, target);
        return new Change.Shape(tested.Id, live =>
            isTested ? (live is null || mayTurn ? tested.From(live) : null)
            : live is null || (!plan.InRun && mayRest) ? resting.From(live)
            : null);
    }

    private static Change.Shape Copy(Plan plan, TargetFacts target, string name, JsonObject content, string? revision, ExtraMetadata extra) =>
        new(new(ObjectKind.Service, name), live =>
        {
            var shaped = live?.DeepClone().AsObject() ?? Skeleton(plan.Names, name, target.IsHeadless);
            var unmanaged = live is null ? UnmanagedMetadata.None : plan.Canary.Spec.Service.Unmanaged;
            var metadata = shaped.Section("metadata");
            var labels = metadata.Section("labels");
            labels.Put(target.Inherited.Labels);
            labels.Put(extra.Labels.Where(label => !unmanaged.Labels.Contains(label.Key)));
            labels[Names.OwnerLabel] = plan.Names.Canary;
            var annotations = metadata.Section("annotations");
            annotations.Put(target.Inherited.Annotations);
            annotations.Put(extra.Annotations.Where(annotation => !unmanaged.Annotations.Contains(annotation.Key)));
            annotations.Remove(Names.RevisionAnnotation);
            if (revision is not null)
                annotations[Names.RevisionAnnotation] = revision;
            // The API server keeps no empty map, and would be sent it again and again.
            if (annotations.Count == 0)
                metadata.Remove("annotations");
            ServiceContent.Restore(shaped.Section("spec"), content);
            return shaped;
        });

    private static JsonObject Skeleton(Names names, string name, bool isHeadless)
    {
        var spec = new JsonObject { ["type"] = "ClusterIP" };
        if (isHeadless)
            spec["clusterIP"] = "None";
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = names.Namespace, ["labels"] = Owner.Labels(names) },
            ["spec"] = spec,
        };
    }
}
