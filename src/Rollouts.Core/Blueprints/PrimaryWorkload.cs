using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Core.Targets;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// The copy of the target that serves. Its template is the snapshot of a promoted revision and nothing else; its replicas are set when
/// it is made and at a promotion, and are an autoscaler's or a person's in between.
/// </summary>
internal static class PrimaryWorkload
{
    /// <summary>What <c>kubectl rollout restart</c> writes. Restarting the primary by hand is no drift.</summary>
    private const string RestartedAt = "kubectl.kubernetes.io/restartedAt";

    public static Change? For(Plan plan, TargetFacts target, PodSelector selector)
    {
        if (plan.PrimaryRevision is not { } revision || TemplateSnapshots.Find(plan, target, revision) is not { } snapshot)
            return null;
        return new Change.Shape(plan.Names.PrimaryId, live => Shape(live, plan, target, selector, snapshot, revision));
    }

    // A DaemonSet has as many pods as there are nodes for them.
    private static int? Replicas(JsonObject? live, Plan plan, TargetFacts target)
    {
        if (plan.Names.Kind != TargetKind.Deployment)
            return null;
        var replicas = Math.Max(1, target.Workload.Wanted);
        if (live is null)
            return replicas;
        return plan.Seen.Scaler is null && plan.Status.Phase == Phase.Promoting && target.Workload.Wanted > 0 ? Math.Max(replicas, Wanted(live)) : null;
    }

    // Never lowered: an autoscaler or a person may have given the primary more, and all traffic is about to come back to it.
    private static int Wanted(JsonObject live) => live["spec"]?["replicas"].Integer() ?? 1;

    private static JsonObject Shape(
        JsonObject? live, Plan plan, TargetFacts target, PodSelector selector, JsonObject snapshot, string revision)
    {
        var shaped = live?.DeepClone().AsObject() ?? Skeleton(plan.Names, selector);
        Inherit(shaped.Section("metadata"), target, selector);
        var spec = shaped.Section("spec");
        var restarted = spec["template"]?["metadata"]?["annotations"]?[RestartedAt]?.DeepClone();
        foreach (var field in TargetKinds.Kept(plan.Names.Kind))
        {
            spec.Remove(field);
            if (snapshot[field] is { } value)
                spec[field] = value.DeepClone();
        }

        Spreading.TurnToPrimary(spec.Section("template"), selector);
        ConfigCopies.TurnToPrimary(spec.Section("template"), plan, snapshot);
        var metadata = spec.Section("template").Section("metadata");
        metadata.Section("labels").Put(selector.Primary);
        var annotations = metadata.Section("annotations");
        annotations[Names.RevisionAnnotation] = revision;
        if (restarted is not null)
            annotations[RestartedAt] = restarted;
        if (Replicas(live, plan, target) is { } number)
            spec["replicas"] = number;
        return shaped;
    }

    private static void Inherit(JsonObject metadata, TargetFacts target, PodSelector selector)
    {
        // The label that tells the two apart is not the target's to give, whatever prefix it has.
        metadata.Section("labels").Put(target.Inherited.Labels.Where(label => label.Key != selector.Label));
        if (target.Inherited.Annotations.Count > 0)
            metadata.Section("annotations").Put(target.Inherited.Annotations);
    }

    private static JsonObject Skeleton(Names names, PodSelector selector)
    {
        var labels = Owner.Labels(names);
        labels.Put(selector.Primary);
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = names.PrimaryId.Kind.ToString(),
            ["metadata"] = new JsonObject { ["name"] = names.Primary, ["namespace"] = names.Namespace, ["labels"] = labels },
            ["spec"] = new JsonObject { ["selector"] = new JsonObject { ["matchLabels"] = PodSelector.ToJson(selector.Primary) } },
        };
    }
}
