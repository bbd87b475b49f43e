using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>What leads to pods must be.</summary>
internal static class ServiceRules
{
    private static readonly string[] Types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];
    private static readonly string[] PathTypes = ["Exact", "ImplementationSpecific", "Prefix"];

    public static void Service(JsonObject service, JsonObject? old, Faults faults)
    {
        JsonObject spec = service.Ensure("spec");
        string? type = spec.TextAt("type");
        List<JsonObject> ports = [.. spec.ObjectsAt("ports")];
        if (ports.Count == 0 && type != "ExternalName" && spec.TextAt("clusterIP") != "None")
            faults.Required("spec.ports");
        if (!Types.Contains(type))
            faults.NotSupported("spec.type", spec["type"], Types);
        if (type == "ExternalName" && spec.TextAt("externalName") is null or "" && type == "ExternalName")
            faults.Required("spec.externalName");
        for (int i = 0; i < ports.Count; i++)
            Port(ports[i], $"spec.ports[{i}]", ports.Count > 1, faults);
        for (int i = 1; i < ports.Count; i++)
            if (ports[..i].Exists(p => Json.Same(p["port"], ports[i]["port"]) && Json.Same(p["protocol"], ports[i]["protocol"])))
                faults.Duplicate($"spec.ports[{i}]", ports[i]);
        string? before = old.TextAt("spec", "clusterIP");
        if (before is { Length: > 0 } && type != "ExternalName" && old.TextAt("spec", "type") != "ExternalName" && spec.TextAt("clusterIP") != before)
            faults.Invalid("spec.clusterIPs[0]", spec["clusterIP"], "may not change once set");
    }

    public static void EndpointSlice(JsonObject slice, JsonObject? old, Faults faults)
    {
        string? type = slice.TextAt("addressType");
        AddressFamily? family = type switch
        {
            "IPv4" => AddressFamily.InterNetwork,
            "IPv6" => AddressFamily.InterNetworkV6,
            _ => null,
        };
        if (type is null or "")
            faults.Required("addressType");
        int index = 0;
        foreach (JsonObject endpoint in slice.ObjectsAt("endpoints"))
        {
            string? address = endpoint.ArrayAt("addresses")?.FirstOrDefault().AsText();
            if (family is not null && (!IPAddress.TryParse(address, out IPAddress? parsed) || parsed.AddressFamily != family))
                faults.Invalid($"endpoints[{index}].addresses[0]", address, $"must be a valid {type} address");
            index++;
        }
        if (old is not null && old.TextAt("addressType") != type)
            faults.Invalid("addressType", type, "field is immutable");
    }

    public static void Ingress(JsonObject ingress, JsonObject? old, Faults faults)
    {
        if (!ingress.ObjectsAt("spec", "rules").Any() && ingress.At("spec", "defaultBackend") is null)
            faults.Invalid("spec", ingress["spec"], "either `defaultBackend` or `rules` must be specified");
        int rule = 0;
        foreach (JsonObject rules in ingress.ObjectsAt("spec", "rules"))
        {
            int path = 0;
            foreach (JsonObject there in rules.ObjectsAt("http", "paths"))
            {
                string where = $"spec.rules[{rule}].http.paths[{path++}].pathType";
                if (there["pathType"] is null)
                    faults.Required(where, "pathType must be specified");
                else if (!PathTypes.Contains(there.TextAt("pathType")))
                    faults.NotSupported(where, there["pathType"], PathTypes);
            }
            rule++;
        }
    }

    private static void Port(JsonObject port, string path, bool several, Faults faults)
    {
        if (port.TextAt("name") is { Length: > 0 } name)
        {
            if (Names.Label(name) is { } wrong)
                faults.Invalid($"{path}.name", name, wrong);
        }
        else if (several)
            faults.Required($"{path}.name");
        if (port.NumberAt("port") is not (>= 1 and <= 65535))
            faults.Invalid($"{path}.port", port["port"], "must be between 1 and 65535, inclusive");
        if (!Protocols.Contains(port.TextAt("protocol")))
            faults.NotSupported($"{path}.protocol", port["protocol"], Protocols);
        if (port["targetPort"].AsText() is { } target && Names.Port(target) is { } wrongTarget)
            faults.Invalid($"{path}.targetPort", target, wrongTarget);
    }
}
