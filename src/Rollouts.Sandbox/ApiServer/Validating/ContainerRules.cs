using System.Text.Json.Nodes;
using k8s.Models;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Validating;

internal static class ContainerRules
{
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc"];

    public static void Check(JsonObject container, string path, HashSet<string> volumes, HashSet<string> names, Faults faults)
    {
        string name = container.TextAt("name") ?? "";
        if (name.Length == 0)
            faults.Required($"{path}.name");
        else if (Names.Label(name) is { } wrong)
            faults.Invalid($"{path}.name", name, wrong);
        else if (!names.Add(name))
            faults.Duplicate($"{path}.name", name);
        if (container.TextAt("image") is null or "")
            faults.Required($"{path}.image");
        foreach (string probe in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
            if (container.ObjectAt(probe) is { } there)
                CheckProbe(there, $"{path}.{probe}", faults);
        CheckPorts(container, path, faults);
        CheckEnvironment(container, path, faults);
        int index = 0;
        foreach (JsonObject mount in container.ObjectsAt("volumeMounts"))
        {
            string where = $"{path}.volumeMounts[{index++}]";
            if (mount.TextAt("name") is null or "")
                faults.Required($"{where}.name");
            else if (!volumes.Contains(mount.TextAt("name")!))
                faults.NotFound($"{where}.name", mount["name"]);
            if (mount.TextAt("mountPath") is null or "")
                faults.Required($"{where}.mountPath");
        }
        if (!PullPolicies.Contains(container.TextAt("imagePullPolicy")))
            faults.NotSupported($"{path}.imagePullPolicy", container["imagePullPolicy"], PullPolicies);
        foreach (var (resource, request) in container.ObjectAt("resources", "requests") ?? [])
            if (container.TextAt("resources", "limits", resource) is { } limit && Amount(request.AsText()) > Amount(limit))
                faults.Invalid($"{path}.resources.requests", request, $"must be less than or equal to {resource} limit");
    }

    private static void CheckPorts(JsonObject container, string path, Faults faults)
    {
        int index = 0;
        foreach (JsonObject port in container.ObjectsAt("ports"))
        {
            string where = $"{path}.ports[{index++}]";
            if (port.TextAt("name") is { Length: > 0 } name && Names.Port(name) is { } wrong)
                faults.Invalid($"{where}.name", name, wrong);
            long number = port.NumberAt("containerPort") ?? 0;
            if (number == 0)
                faults.Required($"{where}.containerPort");
            else if (number is < 1 or > 65535)
                faults.Invalid($"{where}.containerPort", number, "must be between 1 and 65535, inclusive");
            if (!Protocols.Contains(port.TextAt("protocol")))
                faults.NotSupported($"{where}.protocol", port["protocol"], Protocols);
        }
    }

    private static void CheckEnvironment(JsonObject container, string path, Faults faults)
    {
        int index = 0;
        foreach (JsonObject variable in container.ObjectsAt("env"))
        {
            string where = $"{path}.env[{index++}]";
            if (variable.TextAt("name") is null or "")
                faults.Required($"{where}.name");
            if (variable["valueFrom"] is not null && variable.TextAt("value") is { Length: > 0 })
                faults.Invalid($"{where}.valueFrom", "", "may not be specified when `value` is not empty");
        }
    }

    private static void CheckProbe(JsonObject probe, string path, Faults faults)
    {
        List<string> handlers = [.. Handlers.Where(h => probe[h] is not null)];
        if (handlers.Count == 0)
            faults.Required(path, "must specify a handler type");
        foreach (string further in handlers.Skip(1))
            faults.Forbidden($"{path}.{further}", "may not specify more than 1 handler type");
        foreach (string number in (string[])["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"])
            if (probe.NumberAt(number) is < 0 and { } negative)
                faults.Invalid($"{path}.{number}", negative, "must be greater than or equal to 0");
    }

    private static decimal Amount(string? quantity) => quantity is null ? 0 : new ResourceQuantity(quantity).ToDecimal();
}
