using System.Text.Json.Nodes;
using Rollouts.Core.Configs;
using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// The autoscalers. The primary has a copy of the target's, kept equal to it, metadata included (Flagger's is synchronised at promotions
/// only and its metadata never: D31). An HPA rests by itself while the target is at zero; KEDA scales from zero, so the target's
/// ScaledObject is paused while the target rests.
/// </summary>
internal static class Scalers
{
    private const string Paused = "autoscaling.keda.sh/paused-replicas";

    public static ObjectId PrimaryOf(ObjectId scaler) => scaler with { Name = $"{scaler.Name}-primary" };

    public static IEnumerable<Change> Primary(Plan plan) =>
        plan.Seen.Scaler is { } scaler ? [new Change.Shape(PrimaryOf(scaler.Id), live => Copy(live, plan, scaler))] : [];

    /// <summary>The target's ScaledObject scales again.</summary>
    public static IEnumerable<Change> Resume(Plan plan) =>
        plan.Seen.Scaler is { Id.Kind: ObjectKind.ScaledObject } scaler
            ? [new Change.Shape(scaler.Id, live => live?["metadata"]?["annotations"]?[Paused].Text() == "0" ? Annotated(live, null) : null)]
            : [];

    /// <summary>Before the target goes to zero, and as long as it is there: the annotation also keeps KEDA from scaling it up again.</summary>
    public static IEnumerable<Change> Rest(Plan plan) =>
        plan.Seen.Scaler is { Id.Kind: ObjectKind.ScaledObject } scaler
            ? [new Change.Shape(scaler.Id, live => live is null ? null : Annotated(live, "0"))]
            : [];

    /// <summary>Whether the target is, or is to be, at the run's disposal; else it rests.</summary>
    public static bool Runs(Plan plan, TargetFacts target) => plan.InRun && target.Workload.Wanted > 0 && !FreshPods.AreMissing(plan.Status, target);

    private static JsonObject Annotated(JsonObject live, string? replicas)
    {
        var shaped = live.DeepClone().AsObject();
        var annotations = shaped.Section("metadata").Section("annotations");
        annotations.Remove(Paused);
        if (replicas is not null)
            annotations[Paused] = replicas;
        return shaped;
    }

    private static JsonObject Copy(JsonObject? live, Plan plan, ScalerFacts scaler)
    {
        var shaped = live?.DeepClone().AsObject() ?? new JsonObject
        {
            ["apiVersion"] = scaler.Id.Kind == ObjectKind.ScaledObject ? "keda.sh/v1alpha1" : "autoscaling/v2",
            ["kind"] = scaler.Id.Kind.ToString(),
            ["metadata"] = new JsonObject { ["name"] = PrimaryOf(scaler.Id).Name, ["namespace"] = plan.Names.Namespace },
        };
        Inherit(shaped.Section("metadata"), plan.Names, scaler);
        var spec = scaler.Live["spec"]?.DeepClone().AsObject() ?? [];
        spec.Section("scaleTargetRef")["name"] = plan.Names.Primary;
        if (scaler.Id.Kind == ObjectKind.ScaledObject)
            ScaledObjects.TurnToPrimary(spec, plan.Names, plan.Canary.Spec.Autoscaler);
        else
            Bound(spec, "minReplicas", "maxReplicas", plan.Canary.Spec.Autoscaler);
        shaped["spec"] = spec;
        return shaped;
    }

    public static void Bound(JsonObject spec, string least, string most, ScalerRef? overrides)
    {
        if (overrides?.MinReplicas is { } min)
            spec[least] = min;
        if (overrides?.MaxReplicas is { } max)
            spec[most] = max;
    }

    private static void Inherit(JsonObject metadata, Names names, ScalerFacts scaler)
    {
        var inherited = InheritedMetadata.Of(Texts(scaler, "labels"), Texts(scaler, "annotations"), [InheritedMetadata.Any]);
        var labels = metadata.Section("labels");
        labels.Put(inherited.Labels);
        foreach (var (label, value) in Owner.Labels(names))
            labels[label] = value?.DeepClone();
        if (inherited.Annotations.Count > 0)
            metadata.Section("annotations").Put(inherited.Annotations);
    }

    private static EquatableMap Texts(ScalerFacts scaler, string field) =>
        new((scaler.Live["metadata"]?[field] as JsonObject ?? []).Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text() ?? "")));
}
