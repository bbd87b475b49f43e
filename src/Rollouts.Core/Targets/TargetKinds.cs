using System.Text.Json.Nodes;
using Rollouts.Core.Explaining;
using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core.Targets;

/// <summary>What the kinds of target differ in, as far as a table can say it.</summary>
public static class TargetKinds
{
    /// <summary>The kind of the target, and of the copy of it that serves.</summary>
    public static ObjectKind ObjectOf(TargetKind kind) => kind switch
    {
        TargetKind.Deployment => ObjectKind.Deployment,
        TargetKind.DaemonSet => ObjectKind.DaemonSet,
        TargetKind.Service => ObjectKind.Service,
    };

    /// <summary>Fields of the target's spec that go with a revision: to the primary, and back to the target where it is handed back.</summary>
    public static IReadOnlyList<string> Kept(TargetKind kind) => kind switch
    {
        TargetKind.Deployment => ["template", "strategy", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"],
        TargetKind.DaemonSet => ["template", "updateStrategy", "minReadySeconds", "revisionHistoryLimit"],
        TargetKind.Service => ServiceContent.Fields,
    };

    /// <summary>
    /// The spec as it is released: the live one without what only says that the target is at zero, or what the cluster gave to that one
    /// object.
    /// </summary>
    public static JsonObject Released(TargetKind kind, JsonObject spec) => kind switch
    {
        TargetKind.Deployment => spec,
        TargetKind.DaemonSet => DaemonRest.Without(spec),
        TargetKind.Service => ServiceContent.Of(spec),
    };

    /// <summary>Why a target with this spec cannot be released, and the mend; null where it can.</summary>
    public static string? Problem(TargetKind kind, JsonObject spec) => kind switch
    {
        TargetKind.Deployment => null,
        TargetKind.DaemonSet => spec["updateStrategy"]?["type"].Text() == "OnDelete" ? Refusals.OnDelete : null,
        TargetKind.Service => spec["type"].Text() == "ExternalName" || spec["selector"] is not JsonObject { Count: > 0 } ? Refusals.NoPods : null,
    };

    /// <summary>Gives the target, in place, what a kept revision had. What it is at zero by stays as it is.</summary>
    public static void Restore(TargetKind kind, JsonObject live, JsonObject snapshot)
    {
        var spec = live.Section("spec");
        switch (kind)
        {
            case TargetKind.Deployment:
                spec["template"] = snapshot["template"]?.DeepClone();
                break;
            case TargetKind.DaemonSet:
                var isResting = DaemonRest.IsIn(spec["template"]);
                spec["template"] = snapshot["template"]?.DeepClone();
                if (isResting)
                    DaemonRest.Put(spec);
                break;
            case TargetKind.Service:
                ServiceContent.Restore(spec, snapshot);
                break;
        }
    }
}
