using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Endpoints;

/// <summary>The subsets of an Endpoints object: the addresses that have the same ports, ready ones and others.</summary>
internal static class EndpointSubsets
{
    /// <returns>null where there is no address at all.</returns>
    public static JsonArray? Of(IEnumerable<ServicePod> pods)
    {
        JsonArray subsets = [.. pods
            // A pod that was told to end leaves at once, unless the Service wants its unready pods too.
            .Where(p => p.Ready || !p.IsTerminating)
            .GroupBy(p => string.Join(',', p.Ports))
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(Subset)];
        return subsets.Count == 0 ? null : subsets;
    }

    private static JsonObject Subset(IEnumerable<ServicePod> pods)
    {
        List<ServicePod> sorted = [.. pods.OrderBy(p => p.IP, StringComparer.Ordinal)];
        var subset = new JsonObject();
        subset.Put("addresses", Addresses(sorted.Where(p => p.Ready)));
        subset.Put("notReadyAddresses", Addresses(sorted.Where(p => !p.Ready)));
        JsonArray ports = [.. sorted[0].Ports.OrderBy(UpstreamOrder, StringComparer.Ordinal).Select(Port)];
        subset.Put("ports", ports.Count == 0 ? null : ports);
        return subset;
    }

    private static JsonArray? Addresses(IEnumerable<ServicePod> pods)
    {
        JsonArray addresses = [.. pods.Select(p => new JsonObject
        {
            ["ip"] = p.IP,
            ["nodeName"] = p.Pod.TextAt("spec", "nodeName"),
            ["targetRef"] = p.TargetRef,
        })];
        return addresses.Count == 0 ? null : addresses;
    }

    private static JsonObject Port(ServicePort port)
    {
        var made = new JsonObject();
        made.Put("name", port.Name.Length == 0 ? null : port.Name);
        made["port"] = port.Port;
        made["protocol"] = port.Protocol;
        made.Put("appProtocol", port.AppProtocol);
        return made;
    }

    // Upstream sorts ports by the MD5 of how Go prints them: no order that means anything, but a stable one that clients see.
    private static string UpstreamOrder(ServicePort port)
    {
        string printed = $"(v1.EndpointPort){{Name:(string){port.Name} Port:(int32){port.Port} "
            + $"Protocol:(v1.Protocol){port.Protocol} AppProtocol:(*string){port.AppProtocol ?? "<nil>"}}}";
#pragma warning disable CA5351 // An order, not a secret.
        return Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(printed)));
#pragma warning restore CA5351
    }
}
