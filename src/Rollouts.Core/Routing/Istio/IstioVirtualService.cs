using System.Text.Json.Nodes;
using Rollouts.Model;
using Rollouts.Model.Service;

namespace Rollouts.Core.Routing.Istio;

/// <summary>
/// The VirtualService named like the apex Service. Of an object that is there only the weights of our two destinations are set, in
/// every rule that has one of them, and the fields that the Canary itself names; all else of the user's survives: further rules, fault
/// injection, headers on destinations. A VirtualService that does not know our destinations yet is adopted: its rules towards the apex
/// host are pointed at the two. Semantics: https://istio.io/latest/docs/reference/config/networking/virtual-service/
/// </summary>
public static class IstioVirtualService
{
    /// <summary>The VirtualService that the intent asks for, grown from the one that is there.</summary>
    public static JsonObject Shape(JsonObject? live, RouteIntent intent)
    {
        var shaped = live?.DeepClone().AsObject() ?? Skeleton(intent);
        var spec = shaped.Section("spec");
        if (IsOurs(shaped, intent.Names))
            ShapeOwn(shaped, spec, intent);

        if (spec["http"] is not JsonArray rules)
            spec["http"] = rules = [];
        var routed = Rules(rules, intent.Names);
        if (routed.Count == 0)
            routed = Adopt(rules, intent);
        foreach (var rule in routed)
            IstioDestinations.Split(rule, intent.Names, intent.Traffic.Split);
        if (IsOurs(shaped, intent.Names) && routed is [var single])
            ShapeRule(single, intent.Service);
        return shaped;
    }

    /// <summary>The VirtualService with other weights in the rules that have our destinations, and nothing else changed.</summary>
    public static JsonObject Reweigh(JsonObject live, Names names, Traffic traffic)
    {
        var shaped = live.DeepClone().AsObject();
        foreach (var rule in Rules(shaped["spec"]?["http"] as JsonArray ?? [], names))
            IstioDestinations.Split(rule, names, traffic.Split);
        return shaped;
    }

    /// <summary>The VirtualService as it is left behind when the Canary goes: everything to the apex host, which is nobody's copy.</summary>
    public static JsonObject HandBack(JsonObject live, Names names)
    {
        var shaped = live.DeepClone().AsObject();
        foreach (var rule in Rules(shaped["spec"]?["http"] as JsonArray ?? [], names))
            rule["route"] = new JsonArray(IstioDestinations.To(names.Apex, IstioDestinations.PortOf(rule)));
        Owner.Disown(shaped);
        return shaped;
    }

    /// <summary>How the rules share the traffic; null where no rule has our destinations, or two rules disagree.</summary>
    public static Traffic? Read(JsonObject live, Names names)
    {
        var splits = Rules(live["spec"]?["http"] as JsonArray ?? [], names).Select(rule => IstioDestinations.Read(rule, names)).Distinct().ToList();
        return splits is [{ } only] ? new Traffic(only, Weight.Zero) : null;
    }

    private static JsonObject Skeleton(RouteIntent intent) => new()
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

    private static bool IsOurs(JsonObject live, Names names) => live["metadata"]?["labels"]?[Names.OwnerLabel].Text() == names.Canary;

    private static void ShapeOwn(JsonObject shaped, JsonObject spec, RouteIntent intent)
    {
        var metadata = shaped.Section("metadata");
        metadata.Section("labels").Put(intent.Service.Apex.Labels);
        if (intent.Service.Apex.Annotations.Count > 0)
            metadata.Section("annotations").Put(intent.Service.Apex.Annotations);
        spec["hosts"] = Texts(Hosts(intent));
        spec["gateways"] = Texts(intent.Service.Gateways.Count == 0 ? ["mesh"] : intent.Service.Gateways);
    }

    private static IEnumerable<string> Hosts(RouteIntent intent)
    {
        var hosts = intent.Service.Hosts;
        return hosts.Contains(intent.Names.Apex) || hosts.Contains("*") ? hosts : hosts.Append(intent.Names.Apex);
    }

    private static List<JsonObject> Rules(JsonArray http, Names names) =>
        [.. http.Objects().Where(rule => IstioDestinations.KnowsUs(rule, names))];

    private static List<JsonObject> Adopt(JsonArray http, RouteIntent intent)
    {
        var towardsApex = http.Objects().Where(rule => IstioDestinations.AllToApex(rule, intent.Names)).ToList();
        if (towardsApex.Count > 0)
            return towardsApex;
        var own = new JsonObject();
        http.Add(own);
        return [own];
    }

    private static void ShapeRule(JsonObject rule, ServiceSpec service)
    {
        Set(rule, "rewrite", service.Rewrite);
        Set(rule, "retries", service.Retries);
        Set(rule, "corsPolicy", service.CorsPolicy);
        Set(rule, "headers", service.Headers);
        if (service.Match.Count > 0)
            rule["match"] = new JsonArray([.. service.Match.Select(match => match.ToNode())]);
        if (service.Timeout is { } timeout)
            rule["timeout"] = timeout;
    }

    private static void Set(JsonObject rule, string field, RawJson? value)
    {
        if (value is not null)
            rule[field] = value.ToNode();
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
