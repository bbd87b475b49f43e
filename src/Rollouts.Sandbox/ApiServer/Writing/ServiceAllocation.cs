using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>Addresses of 10.96.0.0/16 and node ports 30000 to 32767 for Services.</summary>
internal sealed class ServiceAllocation(Store store, Identities identities)
{
    private const string Prefix = "10.96.";
    private const int FirstNodePort = 30000, NodePorts = 2768;

    private static readonly string[] OfAddresses =
    [
        "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy", "externalTrafficPolicy", "allocateLoadBalancerNodePorts",
    ];

    public void Allocate(JsonObject service, JsonObject? old)
    {
        JsonObject spec = service.Ensure("spec");
        if (spec.TextAt("type") == "ExternalName")
        {
            foreach (string name in OfAddresses)
                spec.Remove(name);
            foreach (JsonObject port in spec.ObjectsAt("ports"))
                port.Remove("nodePort");
            return;
        }
        if (spec.TextAt("clusterIP") is null or "" && old.TextAt("spec", "clusterIP") is { Length: > 0 } kept)
            spec["clusterIP"] = kept;
        string wanted = spec.TextAt("clusterIP") ?? "";
        List<JsonObject> others = [.. store.Read(new ShelfKey("", "services")).Objects.Values.Where(s => s.Uid() != service.Uid())];
        if (wanted.Length == 0)
            wanted = FreeAddress(others);
        else if (wanted != "None" && (!wanted.StartsWith(Prefix, StringComparison.Ordinal) || others.Exists(o => o.TextAt("spec", "clusterIP") == wanted)))
            throw Refusals.Invalid(Kinds.Services, service.Name(), "FieldValueInvalid", "spec.clusterIPs",
                $"Invalid value: [\"{wanted}\"]: failed to allocate IP {wanted}: it is not in the valid range or already allocated");
        spec["clusterIP"] = wanted;
        spec["clusterIPs"] = new JsonArray(wanted);
        // What has no selector may be anything behind its name, of both families.
        bool anything = wanted == "None" && spec.ObjectAt("selector") is null;
        spec.Default("ipFamilies", anything ? new JsonArray("IPv4", "IPv6") : new JsonArray("IPv4"));
        spec.Default("ipFamilyPolicy", anything ? "RequireDualStack" : "SingleStack");
        AllocatePorts(spec, old, others);
    }

    private void AllocatePorts(JsonObject spec, JsonObject? old, List<JsonObject> others)
    {
        bool open = spec.TextAt("type") is "NodePort" or "LoadBalancer";
        HashSet<long> taken = [.. others.SelectMany(o => o.ObjectsAt("spec", "ports")).Select(p => p.NumberAt("nodePort") ?? 0)];
        foreach (JsonObject port in spec.ObjectsAt("ports"))
        {
            if (!open)
                port.Remove("nodePort");
            else if (port.NumberAt("nodePort") is null or 0)
            {
                JsonObject? before = old.ObjectsAt("spec", "ports").FirstOrDefault(p => Json.Same(p["port"], port["port"]) && p["nodePort"] is not null);
                port["nodePort"] = before.NumberAt("nodePort") ?? FreePort(taken);
            }
            taken.Add(port.NumberAt("nodePort") ?? 0);
        }
        if (!open)
            foreach (string name in (string[])["externalTrafficPolicy", "allocateLoadBalancerNodePorts"])
                spec.Remove(name);
    }

    private string FreeAddress(List<JsonObject> others)
    {
        HashSet<string> taken = [.. others.Select(o => o.TextAt("spec", "clusterIP") ?? "")];
        while (true)
        {
            string address = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{identities.Next(256)}.{1 + identities.Next(254)}");
            if (taken.Add(address))
                return address;
        }
    }

    private long FreePort(HashSet<long> taken)
    {
        while (true)
        {
            long port = FirstNodePort + identities.Next(NodePorts);
            if (!taken.Contains(port))
                return port;
        }
    }
}
