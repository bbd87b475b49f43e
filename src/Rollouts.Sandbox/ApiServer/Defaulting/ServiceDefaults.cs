using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

/// <summary>Defaults of what leads to pods.</summary>
internal static class ServiceDefaults
{
    private const int StickySeconds = 3 * 60 * 60;

    public static void Service(JsonObject service)
    {
        JsonObject spec = service.Ensure("spec");
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        if (spec.TextAt("sessionAffinity") == "ClientIP")
            spec.Ensure("sessionAffinityConfig").Ensure("clientIP").Default("timeoutSeconds", StickySeconds);
        else
            spec.Remove("sessionAffinityConfig");
        foreach (JsonObject port in spec.ObjectsAt("ports"))
        {
            port.Default("protocol", "TCP");
            if (port["targetPort"] is null or JsonValue && port["targetPort"]?.ToString() is null or "0" or "")
                port.Put("targetPort", port["port"]?.DeepClone());
        }
        string? type = spec.TextAt("type");
        if (type is "NodePort" or "LoadBalancer")
            spec.Default("externalTrafficPolicy", "Cluster");
        if (type is "LoadBalancer")
            spec.Default("allocateLoadBalancerNodePorts", true);
        if (type is "ClusterIP" or "NodePort" or "LoadBalancer")
            spec.Default("internalTrafficPolicy", "Cluster");
        service.Ensure("status").Ensure("loadBalancer");
    }

    public static void Endpoints(JsonObject endpoints)
    {
        foreach (JsonObject port in endpoints.ObjectsAt("subsets").SelectMany(s => s.ObjectsAt("ports")))
            port.Default("protocol", "TCP");
    }

    public static void EndpointSlice(JsonObject slice)
    {
        foreach (JsonObject port in slice.ObjectsAt("ports"))
        {
            if (!port.ContainsKey("name"))
                port["name"] = "";
            port.Default("protocol", "TCP");
        }
        foreach (JsonObject endpoint in slice.ObjectsAt("endpoints"))
            endpoint.Ensure("conditions");
    }

    public static void Ingress(JsonObject ingress)
    {
        foreach (JsonObject path in ingress.ObjectsAt("spec", "rules").SelectMany(r => r.ObjectsAt("http", "paths")))
            if (path.ObjectAt("backend", "service") is { } service)
                service.Ensure("port");
        ingress.Ensure("status").Ensure("loadBalancer");
    }

    public static void NetworkPolicy(JsonObject policy)
    {
        JsonObject spec = policy.Ensure("spec");
        foreach (JsonObject port in spec.ObjectsAt("ingress").Concat(spec.ObjectsAt("egress")).SelectMany(r => r.ObjectsAt("ports")))
            port.Default("protocol", "TCP");
        if (spec["policyTypes"] is null)
            spec["policyTypes"] = spec["egress"] is null ? new JsonArray("Ingress") : new JsonArray("Ingress", "Egress");
        policy.Ensure("status");
    }
}
