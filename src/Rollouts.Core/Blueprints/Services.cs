using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Service;

namespace Rollouts.Core.Blueprints;

/// <summary>The three Services. Of the apex Service that a user had before us the selector and our port are set, and all else survives.</summary>
internal static class Services
{
    public static Change Apex(Plan plan, TargetFacts target, PodSelector selector) =>
        Of(plan, plan.Names.Apex, selector, selector.Primary, plan.Canary.Spec.Service.Apex, Proven(plan, target));

    public static Change Primary(Plan plan, TargetFacts target, PodSelector selector) =>
        Of(plan, plan.Names.PrimaryService, selector, selector.Primary, plan.Canary.Spec.Service.Primary, Proven(plan, target));

    public static Change Candidate(Plan plan, TargetFacts target, PodSelector selector) =>
        Of(plan, plan.Names.CandidateService, selector, selector.Target, plan.Canary.Spec.Service.Canary, target.Spec["template"]);

    /// <summary>The apex Service as it is left behind: it selects the target's pods and is no longer ours.</summary>
    public static Change HandBack(Plan plan, PodSelector selector) =>
        new Change.Shape(new(ObjectKind.Service, plan.Names.Apex), live =>
        {
            if (live is null)
                return null;
            var shaped = live.DeepClone().AsObject();
            shaped.Section("spec")["selector"] = PodSelector.ToJson(selector.Target);
            Owner.Disown(shaped);
            return shaped;
        });

    /// <summary>The template of the pods that the primary runs, or is about to: its ports are the ones that may be asked for.</summary>
    private static JsonNode? Proven(Plan plan, TargetFacts target) =>
        plan.PrimaryRevision is { } revision ? TemplateSnapshots.Find(plan, target, revision)?["template"] : null;

    private static Change.Shape Of(Plan plan, string name, PodSelector selector, EquatableMap pods, ExtraMetadata extra, JsonNode? template) =>
        new(new(ObjectKind.Service, name), live =>
        {
            var service = plan.Canary.Spec.Service;
            var shaped = live?.DeepClone().AsObject() ?? Skeleton(plan.Names, name, selector, service);
            var unmanaged = live is null ? UnmanagedMetadata.None : service.Unmanaged;
            var metadata = shaped.Section("metadata");
            var labels = metadata.Section("labels");
            labels[Names.OwnerLabel] = plan.Names.Canary;
            labels.Put(extra.Labels.Where(label => !unmanaged.Labels.Contains(label.Key)));
            if (extra.Annotations.Where(annotation => !unmanaged.Annotations.Contains(annotation.Key)).ToList() is { Count: > 0 } annotations)
                metadata.Section("annotations").Put(annotations);

            var spec = shaped.Section("spec");
            spec["selector"] = PodSelector.ToJson(pods);
            spec["ports"] = ServicePorts.Of(
                spec["ports"], service, service.PortDiscovery ? ContainerPorts.Of(template, service) : [], Owner.HasMade(shaped));
            return shaped;
        });

    private static JsonObject Skeleton(Names names, string name, PodSelector selector, ServiceSpec service)
    {
        var spec = new JsonObject { ["type"] = "ClusterIP" };
        if (service.Headless)
            spec["clusterIP"] = "None";
        if (service.TrafficDistribution is { } distribution)
            spec["trafficDistribution"] = distribution;
        // Monitors find the Services of a migrated manifest by this label, as Flagger sets it.
        var labels = Owner.Labels(names);
        labels[selector.Label] = name;
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = names.Namespace, ["labels"] = labels },
            ["spec"] = spec,
        };
    }
}
