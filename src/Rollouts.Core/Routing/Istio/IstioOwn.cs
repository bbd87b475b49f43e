using System.Text.Json.Nodes;
using Rollouts.Model;
using Rollouts.Model.Service;

namespace Rollouts.Core.Routing.Istio;

/// <summary>What a VirtualService of our making has from the Canary beside the shares.</summary>
internal static class IstioOwn
{
    private const string Mesh = "mesh";

    public static JsonObject Skeleton(RouteIntent intent) => new()
    {
        ["apiVersion"] = "networking.istio.io/v1beta1",
        ["kind"] = "VirtualService",
        ["metadata"] = new JsonObject
        {
            ["name"] = intent.Names.Apex,
            ["namespace"] = intent.Names.Namespace,
            ["labels"] = Owner.Labels(intent.Names),
        },
    };

    public static bool IsOurs(JsonObject live, Names names) => live["metadata"]?["labels"]?[Names.OwnerLabel].Text() == names.Canary;

    public static void Shape(JsonObject shaped, RouteIntent intent)
    {
        var metadata = shaped.Section("metadata");
        metadata.Section("labels").Put(intent.Service.Apex.Labels);
        if (intent.Service.Apex.Annotations.Count > 0)
            metadata.Section("annotations").Put(intent.Service.Apex.Annotations);
        var spec = shaped.Section("spec");
        if (intent.Service.Delegation)
        {
            // The VirtualService that delegates to it has them; Istio refuses a delegate with any.
            spec.Remove("hosts");
            spec.Remove("gateways");
            return;
        }
        spec["hosts"] = Texts(Hosts(intent));
        spec["gateways"] = Texts(intent.Service.Gateways.Count == 0 ? [Mesh] : intent.Service.Gateways);
    }

    public static void ShapeRule(JsonObject rule, ServiceSpec service)
    {
        if (service.IsTcp)
        {
            SetMatch(rule, service.Match.Select(Port).OfType<JsonNode>());
            return;
        }
        Set(rule, "rewrite", service.Rewrite);
        Set(rule, "retries", service.Retries);
        Set(rule, "corsPolicy", service.CorsPolicy);
        Set(rule, "headers", service.Headers);
        SetMatch(rule, service.Match.Select(match => match.ToNode()));
        if (service.Timeout is { } timeout)
            rule["timeout"] = timeout;
    }

    /// <summary>Takes our rules out of the list that the Canary has left for the other one: it became a TCP service, or is none any more.</summary>
    public static void Leave(JsonObject spec, string list, Names names)
    {
        if (spec[list] is not JsonArray rules)
            return;
        foreach (var rule in IstioRules.Bases(rules, names))
            rules.Remove(rule);
        if (rules.Count == 0)
            spec.Remove(list);
    }

    /// <summary>
    /// The port that destinations have to name. A gateway finds no port by itself where a Service has several, and a delegate may be
    /// bound to one.
    /// </summary>
    public static int? ExplicitPort(ServiceSpec service) =>
        service.PortDiscovery && (service.Delegation || service.Gateways is [not Mesh, ..]) ? service.Port : null;

    private static IEnumerable<string> Hosts(RouteIntent intent)
    {
        var hosts = intent.Service.Hosts;
        return hosts.Contains(intent.Names.Apex) || hosts.Contains("*") ? hosts : hosts.Append(intent.Names.Apex);
    }

    private static JsonNode? Port(RawJson match) =>
        (match.ToNode() as JsonObject)?["port"] is { } port ? new JsonObject { ["port"] = port.DeepClone() } : null;

    private static void SetMatch(JsonObject rule, IEnumerable<JsonNode> matches)
    {
        var list = new JsonArray([.. matches]);
        if (list.Count > 0)
            rule["match"] = list;
    }

    private static void Set(JsonObject rule, string field, RawJson? value)
    {
        if (value is not null)
            rule[field] = value.ToNode();
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
