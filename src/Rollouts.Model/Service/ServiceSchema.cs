using System.Text.Json.Nodes;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Service;

/// <summary>The shape of <c>spec.service</c>.</summary>
internal static class ServiceSchema
{
    public static ObjectSchema Service { get; } = new("The three Services, apex, primary and canary, and the route in front of them.")
    {
        Required = ["port"],
        Fields = new()
        {
            ["name"] = TextSchema.Label(
                "Name of the apex Service, which the other two are named after; default: targetRef.name.", CanarySchema.LongestServiceName),
            ["port"] = new IntegerSchema("Port of the three Services, 1 to 65535.", 1, 65535),
            ["portName"] = TextSchema.Label("Name of that port; Istio reads the protocol from it; default http.", 63),
            ["targetPort"] = new PortSchema("Port of the pods, a number or the name of a container port; default: port."),
            ["appProtocol"] = new TextSchema("Application protocol of the port, for meshes that read it there."),
            ["trafficDistribution"] = new TextSchema("Which endpoints the Services prefer.") { Words = ["PreferClose", "PreferSameZone", "PreferSameNode"] },
            ["portDiscovery"] = new FlagSchema("Add every container port of the target to the Services; default false."),
            ["headless"] = new FlagSchema("Make the Services headless; default false."),
            ["timeout"] = TextSchema.Duration("Longest time for a request, of the route; default: the mesh's."),
            ["backendTimeout"] = TextSchema.Duration("Longest time for one try at a backend, of a Gateway API route."),
            ["gateways"] = Texts("Istio gateways that the route is bound to; default: the mesh."),
            ["gatewayRefs"] = new ListSchema("Gateways or Services that a Gateway API route is bound to.", GatewayRef, 32),
            ["hosts"] = Texts("Hosts of the route; default: the apex Service's name."),
            ["delegation"] = new FlagSchema("Make the VirtualService a delegate, without hosts and gateways; default false."),
            ["trafficPolicy"] = new OpenSchema("Istio TrafficPolicy, copied to both DestinationRules."),
            ["match"] = new ListSchema("Istio HTTPMatchRequests of the route.", new OpenSchema("One HTTPMatchRequest."), 50),
            ["rewrite"] = new OpenSchema("Rewrite of the request: uri, authority and, for the Gateway API, type."),
            ["retries"] = new OpenSchema("Retries of the route: attempts, perTryTimeout, retryOn."),
            ["headers"] = new OpenSchema("Headers to add, set or remove on request and response."),
            ["mirror"] = new ListSchema("Backends that a Gateway API route mirrors every request to.", new OpenSchema("One mirror filter with its backendRef."), 16),
            ["corsPolicy"] = new OpenSchema("Istio CorsPolicy of the route."),
            ["apex"] = Metadata("Labels and annotations of the apex Service and of the route."),
            ["primary"] = Metadata("Labels and annotations of the primary's Service."),
            ["canary"] = Metadata("Labels and annotations of the canary's Service."),
            ["unmanagedMetadata"] = new ObjectSchema("Keys on the generated Services that belong to others and are left alone.")
            {
                Fields = new() { ["labels"] = Texts("Keys of labels."), ["annotations"] = Texts("Keys of annotations.") },
            },
        },
        Rules =
        [
            Rule.Of(
                "!has(self.delegation) || !self.delegation || (!has(self.hosts) && !has(self.gateways))",
                "must not have hosts or gateways while delegation is true, because the delegating VirtualService has them: remove them or the delegation",
                service => service["delegation"] is not JsonValue delegation || !delegation.TryGetValue<bool>(out var on) || !on
                    || (service["hosts"] is null && service["gateways"] is null)),
        ],
    };

    private static ObjectSchema GatewayRef => new("One parentRef of a Gateway API route.")
    {
        Required = ["name"],
        Fields = new()
        {
            ["group"] = new TextSchema("API group of the parent; default gateway.networking.k8s.io."),
            ["kind"] = new TextSchema("Kind of the parent; default Gateway.") { MaxLength = 63 },
            ["namespace"] = new TextSchema("Namespace of the parent; default: the Canary's.") { MaxLength = 63 },
            ["name"] = new TextSchema("Name of the parent.") { MinLength = 1 },
            ["sectionName"] = new TextSchema("Listener of the Gateway."),
            ["port"] = new IntegerSchema("Port of the parent, 1 to 65535.", 1, 65535),
        },
    };

    private static ObjectSchema Metadata(string description) => new(description)
    {
        Fields = new() { ["labels"] = new MapSchema("Labels."), ["annotations"] = new MapSchema("Annotations.") },
    };

    private static ListSchema Texts(string description) => new(description, new TextSchema("One of them.") { MinLength = 1 }, 100);
}
