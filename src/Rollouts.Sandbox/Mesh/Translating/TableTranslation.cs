using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Routing;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>
/// From the cluster's objects to the table that requests are routed by. Pure. A request for a Service by one of its names counts as
/// coming from within the mesh, one for any other host as coming through whichever gateways the VirtualService names.
/// </summary>
internal static class TableTranslation
{
    public static RouteTable Translate(MeshObjects objects)
    {
        var services = new ServiceDirectory(objects);
        var rules = new RuleTranslation(new Delegation(objects.VirtualServices), services, new UpstreamDirectory(objects, services));
        var hosts = new Dictionary<string, VirtualHost>();

        // Where several VirtualServices name one host, the oldest has it, as in Istio.
        foreach (var virtualService in objects.VirtualServices.OrderBy(Age, StringComparer.Ordinal))
        {
            var gateways = Gateways.Of(virtualService);
            var inside = rules.Translate(virtualService, [Gateways.Mesh]);
            var outside = rules.Translate(virtualService, gateways.Any(g => g != Gateways.Mesh) ? [.. gateways.Where(g => g != Gateways.Mesh)] : gateways);
            foreach (var host in virtualService.TextsAt("spec", "hosts"))
            {
                if (services.Resolve(host, virtualService.Namespace() ?? "") is not { } service)
                    hosts.TryAdd(host.ToLowerInvariant(), outside);
                else if (gateways.Contains(Gateways.Mesh))
                    foreach (var name in services.HostsOf(service))
                        hosts.TryAdd(name, inside);
            }
        }
        foreach (var service in services.All)
        {
            var plain = rules.Plain(service);
            foreach (var name in services.HostsOf(service))
                hosts.TryAdd(name, plain);
        }
        return Table(hosts);
    }

    private static string Age(JsonObject obj) => $"{obj.TextAt("metadata", "creationTimestamp")}/{obj.Namespace()}/{obj.Name()}";

    private static RouteTable Table(Dictionary<string, VirtualHost> hosts) => new(
        hosts.Where(host => !host.Key.StartsWith('*')).ToDictionary(),
        [.. hosts.Where(host => host.Key.StartsWith('*'))
            .Select(host => KeyValuePair.Create(host.Key[1..], host.Value))
            .OrderByDescending(host => host.Key.Length)]);
}
