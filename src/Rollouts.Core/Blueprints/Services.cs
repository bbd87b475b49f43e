using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Model.Service;

namespace Rollouts.Core.Blueprints;

/// <summary>The three Services. Of the apex Service that a user had before us the selector and our port are set, and all else survives.</summary>
internal static class Services
{
    public static Change Apex(Plan plan, KeyValuePair<string, string> selector) =>
        Of(plan, plan.Names.Apex, new(selector.Key, PrimaryDeployment.Value(selector)), plan.Canary.Spec.Service.Apex);

    public static Change Primary(Plan plan, KeyValuePair<string, string> selector) =>
        Of(plan, plan.Names.PrimaryService, new(selector.Key, PrimaryDeployment.Value(selector)), plan.Canary.Spec.Service.Primary);

    public static Change Candidate(Plan plan, KeyValuePair<string, string> selector) =>
        Of(plan, plan.Names.CandidateService, selector, plan.Canary.Spec.Service.Canary);

    /// <summary>The apex Service as it is left behind: it selects the target's pods and is no longer ours.</summary>
    public static Change HandBack(Plan plan, KeyValuePair<string, string> selector) =>
        new Change.Shape(new(ObjectKind.Service, plan.Names.Apex), live =>
        {
            if (live is null)
                return null;
            var shaped = live.DeepClone().AsObject();
            shaped.Section("spec")["selector"] = new JsonObject { [selector.Key] = selector.Value };
            Owner.Disown(shaped);
            return shaped;
        });

    private static Change.Shape Of(Plan plan, string name, KeyValuePair<string, string> selector, ExtraMetadata extra) =>
        new(new(ObjectKind.Service, name), live =>
        {
            var shaped = live?.DeepClone().AsObject() ?? Skeleton(plan.Names, name, plan.Canary.Spec.Service);
            var metadata = shaped.Section("metadata");
            var labels = metadata.Section("labels");
            labels[Names.OwnerLabel] = plan.Names.Canary;
            labels.Put(extra.Labels);
            if (extra.Annotations.Count > 0)
                metadata.Section("annotations").Put(extra.Annotations);

            var spec = shaped.Section("spec");
            spec["selector"] = new JsonObject { [selector.Key] = selector.Value };
            spec["ports"] = Ports(spec["ports"], plan.Canary.Spec.Service, Owner.HasMade(shaped));
            return shaped;
        });

    private static JsonObject Skeleton(Names names, string name, ServiceSpec service)
    {
        var spec = new JsonObject { ["type"] = "ClusterIP" };
        if (service.Headless)
            spec["clusterIP"] = "None";
        if (service.TrafficDistribution is { } distribution)
            spec["trafficDistribution"] = distribution;
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = names.Namespace, ["labels"] = Owner.Labels(names) },
            ["spec"] = spec,
        };
    }

    // What the API server or the user added to our port (nodePort) is kept, and so are other ports of a Service that we adopted.
    private static JsonArray Ports(JsonNode? live, ServiceSpec service, bool isMade)
    {
        var ports = live.Objects().Select(port => port.DeepClone().AsObject()).ToList();
        var ours = ports.Find(port => port["port"].Integer() == service.Port) ?? ports.Find(port => port["name"].Text() == service.PortName);
        if (isMade)
            ports.RemoveAll(port => port != ours);
        if (ours is null)
            ports.Insert(0, ours = new JsonObject { ["port"] = service.Port, ["protocol"] = "TCP" });
        // Several ports need names, and each its own: an adopted Service may have had a single one without.
        foreach (var other in ports.Where(port => port != ours && (port["name"] is null || port["name"].Text() == service.PortName)))
            other["name"] = $"port-{other["port"].Integer()}";
        ours["name"] = service.PortName;
        ours["port"] = service.Port;
        ours["targetPort"] = service.TargetPort.ToNode();
        if (service.AppProtocol is { } protocol)
            ours["appProtocol"] = protocol;
        return new JsonArray([.. ports]);
    }
}
