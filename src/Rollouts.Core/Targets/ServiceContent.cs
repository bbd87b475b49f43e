using System.Text.Json.Nodes;
using Rollouts.Core.Routing;

namespace Rollouts.Core.Targets;

/// <summary>
/// What of a Service is released where the Service itself is the target: whom it selects and how it speaks to them. What the cluster gave
/// to that one object (addresses, node ports, a load balancer) is its own, is in no copy of it, and starts no run.
/// </summary>
internal static class ServiceContent
{
    private const string Ports = "ports";
    private const string NodePort = "nodePort";

    public static IReadOnlyList<string> Fields { get; } =
        [Ports, "selector", "sessionAffinity", "sessionAffinityConfig", "publishNotReadyAddresses", "internalTrafficPolicy", "trafficDistribution"];

    public static JsonObject Of(JsonObject spec)
    {
        var content = new JsonObject(Fields.Where(spec.ContainsKey).Select(field => KeyValuePair.Create(field, spec[field]?.DeepClone())));
        foreach (var port in content[Ports].Objects())
            port.Remove(NodePort);
        return content;
    }

    /// <summary>Sets the content, in place. A port keeps the node port that it has.</summary>
    public static void Restore(JsonObject spec, JsonObject content)
    {
        var given = spec[Ports].Objects().ToDictionary(NameOf, port => port[NodePort]?.DeepClone());
        foreach (var field in Fields)
        {
            spec.Remove(field);
            if (content[field] is { } value)
                spec[field] = value.DeepClone();
        }
        foreach (var port in spec[Ports].Objects())
        {
            if (given.GetValueOrDefault(NameOf(port)) is { } number)
                port[NodePort] = number;
        }
    }

    // Ports of one Service differ in their names; a single one may have none.
    private static string NameOf(JsonObject port) => port["name"].Text() ?? "";
}
