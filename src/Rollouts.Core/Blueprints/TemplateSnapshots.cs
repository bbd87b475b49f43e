using System.Text.Json.Nodes;
using Rollouts.Core.Configs;
using Rollouts.Core.Targets;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// What a revision is, kept in a ControllerRevision from the moment it is taken up: exactly this is promoted, whatever the target holds
/// by then (Flagger copies what stands there at that instant: D14).
/// </summary>
internal static class TemplateSnapshots
{
    public static IEnumerable<Change> For(Plan plan, TargetFacts target)
    {
        var revision = target.Workload.Revision;
        if (InUse(plan.Status).Contains(revision) && !plan.Seen.Snapshots.ContainsKey(revision))
            yield return new Change.Shape(new(ObjectKind.ControllerRevision, plan.Names.Snapshot(revision)), live => live ?? Make(plan, target, revision));

        foreach (var old in plan.Seen.Snapshots.Keys.Except(InUse(plan.Status)).Order(StringComparer.Ordinal))
            yield return new Change.Remove(new(ObjectKind.ControllerRevision, plan.Names.Snapshot(old)));
    }

    /// <summary>The kept fields of the revision; null where neither a snapshot nor the live target has it.</summary>
    public static JsonObject? Find(Plan plan, TargetFacts target, string revision) =>
        plan.Seen.Snapshots.TryGetValue(revision, out var snapshot) ? snapshot
        : target.Workload.Revision == revision ? Extract(plan.Names.Kind, target)
        : null;

    public static HashSet<string> InUse(CanaryStatus status) =>
        [.. new[] { status.StableRevision, status.LastAppliedSpec, status.Run?.Revision }.OfType<string>(), .. status.History.Select(run => run.Revision)];

    private static JsonObject Make(Plan plan, TargetFacts target, string revision) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "ControllerRevision",
        ["metadata"] = new JsonObject
        {
            ["name"] = plan.Names.Snapshot(revision),
            ["namespace"] = plan.Names.Namespace,
            ["labels"] = Owner.Labels(plan.Names),
            ["annotations"] = new JsonObject { [Names.RevisionAnnotation] = revision },
        },
        ["data"] = Extract(plan.Names.Kind, target),
        ["revision"] = long.TryParse(plan.Status.Run?.Id, out var run) ? run : 0,
    };

    private static JsonObject Extract(TargetKind kind, TargetFacts target)
    {
        var kept = new JsonObject(TargetKinds.Kept(kind).Where(target.Spec.ContainsKey).Select(field => KeyValuePair.Create(field, target.Spec[field]?.DeepClone())));
        if (target.Configs.Count > 0)
            kept[KeptConfigs.Field] = KeptConfigs.Write(target.Configs);
        return kept;
    }
}
