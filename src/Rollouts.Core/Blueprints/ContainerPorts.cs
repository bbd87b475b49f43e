using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Model.Service;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// The container ports of a pod template that <c>service.portDiscovery</c> adds to the Services: all but those of mesh proxies and the
/// one that the Service's own port leads to.
/// </summary>
internal static class ContainerPorts
{
    private const int LongestName = 63;

    private static readonly string[] Proxies = ["istio-proxy", "envoy"];

    /// <summary>Ports of a Service, each with its own name and number, in the order of the containers.</summary>
    public static IReadOnlyList<JsonObject> Of(JsonNode? template, ServiceSpec service)
    {
        var found = new List<JsonObject>();
        foreach (var container in template?["spec"]?["containers"].Objects() ?? [])
        {
            if (Proxies.Contains(container["name"].Text()))
                continue;
            foreach (var (port, index) in container["ports"].Objects().Select((port, index) => (port, index)))
            {
                if (port["containerPort"].Integer() is { } number && !IsServed(port, number, service))
                    Add(found, port, number, $"{container["name"].Text()}-{index}", service);
            }
        }
        return found;
    }

    private static void Add(List<JsonObject> found, JsonObject port, int number, string place, ServiceSpec service)
    {
        var protocol = port["protocol"].Text() ?? "TCP";
        // One port may be declared by two containers of which only one listens; a Service has each number once for a protocol.
        if (found.Exists(other => other["port"].Integer() == number && other["protocol"].Text() == protocol))
            return;
        var given = port["name"].Text();
        var isFree = given is not null && given != service.PortName && !found.Exists(other => other["name"].Text() == given);
        var made = $"{protocol.ToLowerInvariant()}-{place}";
        found.Add(new JsonObject
        {
            ["name"] = isFree ? given : made.Length > LongestName ? made[^LongestName..].TrimStart('-') : made,
            ["port"] = number,
            ["protocol"] = protocol,
            ["targetPort"] = number,
        });
    }

    // A port of the Service's own number would be the Service's own port a second time.
    private static bool IsServed(JsonObject port, int number, ServiceSpec service) =>
        number == service.Port || service.TargetPort switch
        {
            TargetPort.Number target => target.Port == number,
            TargetPort.Named target => target.Name == port["name"].Text(),
            _ => false,
        };
}
