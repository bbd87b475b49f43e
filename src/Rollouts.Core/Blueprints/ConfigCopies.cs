using System.Text.Json.Nodes;
using Rollouts.Core.Configs;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// The contents of tracked ConfigMaps and Secrets. When a revision is taken up they are kept in immutable copies: exactly these are
/// promoted (D14 for configs). The primary reads <c>name-primary</c>, which holds what belongs to the revision that it runs.
/// </summary>
internal static class ConfigCopies
{
    public static IEnumerable<Change> For(Plan plan, TargetFacts target)
    {
        if (TemplateSnapshots.InUse(plan.Status).Contains(target.Workload.Revision))
        {
            foreach (var config in target.Configs.Where(config => config.Digest != ConfigTracking.Missing))
                yield return new Change.Copy(Kept(plan, config), config.Id, config.Digest, IsImmutable: true, config.Labels);
        }

        foreach (var config in OfPrimary(plan, target))
            yield return new Change.Copy(ForPrimary(plan, config.Id), Kept(plan, config), config.Digest, config.IsImmutable, config.Labels);
        if (!IsSettled(plan))
            yield break;
        var used = Used(plan, target).ToHashSet();
        foreach (var copy in All(plan).Where(copy => !used.Contains(copy.Id)))
            yield return copy;
    }

    /// <summary>Every copy of ours has to go.</summary>
    public static IEnumerable<Change.Remove> All(Plan plan) =>
        plan.Seen.ConfigCopies.Keys.OrderBy(id => id.Kind).ThenBy(id => id.Name, StringComparer.Ordinal)
            .Select(id => new Change.Remove(id, OnlyIfMade: true));

    /// <summary>Lets the template of the primary read the copies, in place.</summary>
    public static void TurnToPrimary(JsonObject template, Plan plan, JsonObject snapshot)
    {
        var tracked = KeptConfigs.Read(snapshot).Select(config => config.Id).ToHashSet();
        foreach (var place in ConfigPlace.In(template).Where(place => tracked.Contains(place.Id)).ToList())
            place.Rename(ForPrimary(plan, place.Id).Name);
    }

    private static IEnumerable<TrackedConfig> OfPrimary(Plan plan, TargetFacts target) =>
        plan.PrimaryRevision is { } revision ? KeptConfigs.Read(TemplateSnapshots.Find(plan, target, revision)) : [];

    private static ObjectId Kept(Plan plan, TrackedConfig config) => config.Id with { Name = plan.Names.ConfigSnapshot(config.Id.Name, config.Digest) };

    /// <summary>
    /// <c>name-primary</c>; where somebody else has that (two Canaries may share a config, and promote it at different times), a name of
    /// this target's own, which is kept when the other becomes free: another name would restart the primary.
    /// </summary>
    private static ObjectId ForPrimary(Plan plan, ObjectId config)
    {
        var usual = config with { Name = $"{config.Name}-primary" };
        var own = config with { Name = $"{config.Name}-{plan.Names.Primary}" };
        return plan.Seen.TakenConfigNames.Contains(usual) || plan.Seen.ConfigCopies.ContainsKey(own) ? own : usual;
    }

    /// <summary>No pod of the primary is left that could ask for a copy of an earlier revision.</summary>
    private static bool IsSettled(Plan plan) =>
        plan.Status.Phase is Phase.Initialized or Phase.Succeeded or Phase.Failed
        && plan.Seen.Primary is { UpToDate: true } primary && primary.Revision == plan.Status.StableRevision && primary.IsReady(new Percentage(100));

    private static IEnumerable<ObjectId> Used(Plan plan, TargetFacts target)
    {
        var inUse = TemplateSnapshots.InUse(plan.Status);
        var current = inUse.Contains(target.Workload.Revision) ? target.Configs : [];
        return inUse.SelectMany(revision => KeptConfigs.Read(plan.Seen.Snapshots.GetValueOrDefault(revision))).Concat(current).Select(config => Kept(plan, config))
            .Concat(OfPrimary(plan, target).Select(config => ForPrimary(plan, config.Id)));
    }
}
