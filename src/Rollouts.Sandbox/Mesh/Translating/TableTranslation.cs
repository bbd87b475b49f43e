using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Routing;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>From the cluster's objects to the table that requests are routed by. Pure.</summary>
internal static class TableTranslation
{
    public static RouteTable Translate(MeshObjects objects)
    {
        var services = new ServiceDirectory(objects);
        var rules = new RuleTranslation(services, new UpstreamDirectory(objects, services));
        var hosts = new Dictionary<string, VirtualHost>();

        // Where several VirtualServices name one host, the oldest has it, as in Istio.
        foreach (var virtualService in objects.VirtualServices.OrderBy(Age, StringComparer.Ordinal))
        {
            var host = rules.Translate(virtualService);
            foreach (var name in virtualService.TextsAt("spec", "hosts").SelectMany(name => NamesOf(name, virtualService, services)))
                hosts.TryAdd(name, host);
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

    private static IEnumerable<string> NamesOf(string host, JsonObject virtualService, ServiceDirectory services) =>
        services.Resolve(host, virtualService.Namespace() ?? "") is { } service ? services.HostsOf(service) : [host.ToLowerInvariant()];

    private static RouteTable Table(Dictionary<string, VirtualHost> hosts) => new(
        hosts.Where(host => !host.Key.StartsWith('*')).ToDictionary(),
        [.. hosts.Where(host => host.Key.StartsWith('*'))
            .Select(host => KeyValuePair.Create(host.Key[1..], host.Value))
            .OrderByDescending(host => host.Key.Length)]);
}
