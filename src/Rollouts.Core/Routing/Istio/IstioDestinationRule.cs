using System.Text.Json.Nodes;

namespace Rollouts.Core.Routing.Istio;

/// <summary>The DestinationRule of the primary's or the candidate's Service: its host, and the Canary's traffic policy.</summary>
public static class IstioDestinationRule
{
    public static JsonObject Shape(JsonObject? live, string service, RouteIntent intent)
    {
        var shaped = live?.DeepClone().AsObject() ?? new JsonObject
        {
            ["apiVersion"] = "networking.istio.io/v1beta1",
            ["kind"] = "DestinationRule",
            ["metadata"] = new JsonObject
            {
                ["name"] = service,
                ["namespace"] = intent.Names.Namespace,
                ["labels"] = Owner.Labels(intent.Names),
            },
        };
        var spec = shaped.Section("spec");
        spec["host"] = service;
        if (intent.Service.TrafficPolicy is { } policy)
            spec["trafficPolicy"] = policy.ToNode();
        return shaped;
    }
}
