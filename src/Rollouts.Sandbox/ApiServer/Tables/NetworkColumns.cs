using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

internal static class NetworkColumns
{
    public static TableColumn[] Service(TableColumn name, TableColumn age) =>
    [
        name,
        new("Type", (s, _) => s.TextAt("spec", "type")),
        new("Cluster-IP", (s, _) => OrNone(s.TextAt("spec", "clusterIP"))),
        new("External-IP", (s, _) => External(s)),
        new("Port(s)", (s, _) => OrNone(string.Join(",", s.ObjectsAt("spec", "ports").Select(ServicePort)))),
        age,
        new TableColumn("Selector", (s, _) => SelectorText.OfLabels(s.ObjectAt("spec", "selector"))).Wide(),
    ];

    public static TableColumn[] Endpoints(TableColumn name, TableColumn age) => [name, new("Endpoints", (e, _) => Few(Addresses(e))), age];

    public static TableColumn[] EndpointSlice(TableColumn name, TableColumn age) =>
    [
        name,
        new("AddressType", (s, _) => s.TextAt("addressType")),
        new("Ports", (s, _) => s.ObjectsAt("ports").Any() ? Few(s.ObjectsAt("ports").Select(p => $"{p["port"]}")) : "<unset>"),
        new("Endpoints", (s, _) => s.ObjectsAt("endpoints").Any()
            ? Few(s.ObjectsAt("endpoints").SelectMany(e => e.ArrayAt("addresses") ?? []).Select(a => $"{a}"))
            : "<unset>"),
        age,
    ];

    public static TableColumn[] Ingress(TableColumn name, TableColumn age) =>
    [
        name,
        new("Class", (i, _) => OrNone(i.TextAt("spec", "ingressClassName"))),
        new("Hosts", (i, _) => Few(i.ObjectsAt("spec", "rules").Select(r => r.TextAt("host") ?? "*"))),
        new("Address", (i, _) => string.Join(",", i.ObjectsAt("status", "loadBalancer", "ingress").Select(a => a.TextAt("ip") ?? a.TextAt("hostname")))),
        new("Ports", (i, _) => i.ObjectsAt("spec", "tls").Any() ? "80, 443" : "80"),
        age,
    ];

    private static IEnumerable<string> Addresses(JsonObject endpoints) =>
        from subset in endpoints.ObjectsAt("subsets")
        from port in subset.ObjectsAt("ports").DefaultIfEmpty()
        from address in subset.ObjectsAt("addresses")
        select port is null ? $"{address["ip"]}" : $"{address["ip"]}:{port["port"]}";

    private static string External(JsonObject service) => service.TextAt("spec", "type") switch
    {
        "ExternalName" => service.TextAt("spec", "externalName") ?? "",
        "LoadBalancer" => "<pending>",
        _ => "<none>",
    };

    private static string ServicePort(JsonObject port) =>
        port["nodePort"] is { } open ? $"{port["port"]}:{open}/{port["protocol"]}" : $"{port["port"]}/{port["protocol"]}";

    private static string Few(IEnumerable<string> all)
    {
        List<string> texts = [.. all];
        return texts.Count == 0 ? "<none>"
            : texts.Count <= 3 ? string.Join(",", texts)
            : $"{string.Join(",", texts[..3])} + {texts.Count - 3} more...";
    }

    private static string OrNone(string? text) => string.IsNullOrEmpty(text) ? "<none>" : text;
}
