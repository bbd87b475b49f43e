using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Endpoints;

/// <summary>A port of a Service as one pod has it.</summary>
/// <param name="Name">Empty for the only port of a Service, which may go without.</param>
internal sealed record ServicePort(string Name, int Port, string Protocol, string? AppProtocol)
{
    /// <summary>A targetPort by name is the container port of that name, and is left out where the pod has none.</summary>
    public static IReadOnlyList<ServicePort> Of(JsonObject service, JsonObject pod)
    {
        var ports = new List<ServicePort>();
        foreach (JsonObject port in service.ObjectsAt("spec", "ports"))
        {
            string protocol = port.TextAt("protocol") ?? "TCP";
            JsonNode? target = port["targetPort"];
            long? number = target is null ? port.NumberAt("port") : target.AsNumber() ?? Named(pod, target.AsText(), protocol);
            if (number is { } found)
                ports.Add(new ServicePort(port.TextAt("name") ?? "", (int)found, protocol, port.TextAt("appProtocol")));
        }
        return ports;
    }

    private static long? Named(JsonObject pod, string? name, string protocol) => pod.ObjectsAt("spec", "containers")
        .SelectMany(c => c.ObjectsAt("ports"))
        .FirstOrDefault(p => p.TextAt("name") == name && (p.TextAt("protocol") ?? "TCP") == protocol)
        .NumberAt("containerPort");
}
