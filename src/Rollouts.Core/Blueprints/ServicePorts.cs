using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Model.Service;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// The ports of a Service: ours first, then those that were discovered. What the API server or the user added to one (a nodePort) is
/// kept, and so are the other ports of a Service that we adopted.
/// </summary>
internal static class ServicePorts
{
    public static JsonArray Of(JsonNode? live, ServiceSpec service, IReadOnlyList<JsonObject> discovered, bool isMade)
    {
        var ports = live.Objects().Select(port => port.DeepClone().AsObject()).ToList();
        var ours = Ours(ports, service, discovered);
        var found = discovered.Select(port => Grown(ports, ours, port)).ToList();
        if (isMade)
            ports.RemoveAll(port => port != ours && !found.Contains(port));
        if (ours is null)
            ports.Insert(0, ours = new JsonObject { ["port"] = service.Port, ["protocol"] = "TCP" });
        ports.AddRange(found.Where(port => !ports.Contains(port)));
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

    private static JsonObject? Ours(List<JsonObject> ports, ServiceSpec service, IReadOnlyList<JsonObject> discovered) =>
        ports.Find(port => port["port"].Integer() == service.Port)
        ?? ports.Find(port => port["name"].Text() == service.PortName && !discovered.Any(other => IsSame(other, port)));

    private static JsonObject Grown(List<JsonObject> ports, JsonObject? ours, JsonObject wanted)
    {
        if (ports.Find(port => port != ours && IsSame(port, wanted)) is not { } there)
            return wanted;
        // A user's own port keeps its name and where it leads.
        foreach (var (field, value) in wanted)
            there[field] ??= value?.DeepClone();
        return there;
    }

    private static bool IsSame(JsonObject port, JsonObject other) =>
        port["port"].Integer() == other["port"].Integer() && (port["protocol"].Text() ?? "TCP") == (other["protocol"].Text() ?? "TCP");
}
