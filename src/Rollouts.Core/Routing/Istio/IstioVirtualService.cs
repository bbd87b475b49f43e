using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Routing.Istio;

/// <summary>
/// The VirtualService named like the apex Service. Of an object that is there only what shares the traffic is set, in every rule that has
/// one of our two destinations, and the fields that the Canary itself names; all else of the user's survives: further rules, fault
/// injection, headers on destinations. A VirtualService that does not know our destinations yet is adopted: its rules towards the apex
/// host are pointed at the two. Semantics: https://istio.io/latest/docs/reference/config/networking/virtual-service/
/// </summary>
public static class IstioVirtualService
{
    private const string Http = "http";
    private const string Tcp = "tcp";

    /// <summary>The VirtualService that the intent asks for, grown from the one that is there.</summary>
    public static JsonObject Shape(JsonObject? live, RouteIntent intent)
    {
        var shaped = live?.DeepClone().AsObject() ?? IstioOwn.Skeleton(intent);
        var spec = shaped.Section("spec");
        if (IstioOwn.IsOurs(shaped, intent.Names))
            IstioOwn.Shape(shaped, intent);
        if (spec[Http] is JsonArray http)
            IstioRules.Bare(http, intent.Names, cookie => cookie == intent.Cookies.Candidate || cookie == intent.Cookies.Primary || cookie == intent.Cookies.Previous);

        var (list, other) = intent.Service.IsTcp ? (Tcp, Http) : (Http, Tcp);
        var routed = Routed(shaped, list, other, intent.Names);
        if (IstioOwn.IsOurs(shaped, intent.Names) && routed is [var single])
            IstioOwn.ShapeRule(single, intent.Service);
        IstioSharing.Share(spec[Http], spec[Tcp], intent);
        return shaped;
    }

    /// <summary>
    /// The VirtualService with the traffic shared otherwise by the rules that it has, and nothing else changed: weights and copies, and no
    /// rule that would keep sending somebody to where nothing goes any more.
    /// </summary>
    public static JsonObject Reweigh(JsonObject live, Names names, Traffic traffic)
    {
        var shaped = live.DeepClone().AsObject();
        var http = shaped["spec"]?[Http];
        var groups = IstioRules.Groups(http, names);
        foreach (var stray in IstioRules.Strays(http, names))
            http?.AsArray().Remove(stray);
        foreach (var rule in IstioRules.Bases(shaped["spec"]?[Tcp], names))
            IstioDestinations.Split(rule, names, groups.Any(group => group.Matched is not null) ? Split.AllPrimary : traffic.Split);
        foreach (var group in groups)
            group.Reweigh(names, traffic);
        return shaped;
    }

    /// <summary>The VirtualService as it is left behind when the Canary goes: what was the user's as it was, and everything else to the apex host.</summary>
    public static JsonObject HandBack(JsonObject live, Names names)
    {
        var shaped = live.DeepClone().AsObject();
        if (shaped["spec"]?[Http] is JsonArray http)
            IstioRules.Bare(http, names, _ => false);
        IstioAdoption.GiveBack(shaped, Http, names);
        IstioAdoption.GiveBack(shaped, Tcp, names);
        IstioAdoption.Forget(shaped);
        Owner.Disown(shaped);
        return shaped;
    }

    /// <summary>Where the rules send requests; null where no rule has our destinations, or two rules disagree.</summary>
    public static Traffic? Read(JsonObject live, Names names)
    {
        var (http, tcp) = (live["spec"]?[Http], live["spec"]?[Tcp]);
        if (IstioRules.Strays(http, names).Count > 0)
            return null;
        var groups = IstioRules.Groups(http, names);
        var requests = groups.Select(group => group.Read(names)).Distinct().ToList();
        var connections = IstioRules.Bases(tcp, names).Select(rule => IstioDestinations.Read(rule, names)).Distinct().ToList();
        return (requests, connections) switch
        {
            ([{ } only], []) => only,
            ([], [{ } only]) => new Traffic(only, Weight.Zero),
            ([{ } only], [{ } beside]) when beside == (groups.Any(group => group.Matched is not null) ? Split.AllPrimary : only.Split) => only,
            _ => null,
        };
    }

    /// <summary>The rules of the list that have our destinations, adopted or made where there are none.</summary>
    private static List<JsonObject> Routed(JsonObject shaped, string list, string other, Names names)
    {
        var spec = shaped.Section("spec");
        if (spec[list] is not JsonArray rules)
            spec[list] = rules = [];
        if (IstioRules.Bases(rules, names) is { Count: > 0 } routed)
            return routed;
        if (IstioOwn.IsOurs(shaped, names))
            IstioOwn.Leave(spec, other, names);
        if (IstioAdoption.Adopt(shaped, list, rules, names) is { Count: > 0 } adopted)
            return adopted;
        var own = new JsonObject { ["route"] = new JsonArray(IstioDestinations.To(names.PrimaryService, null)) };
        rules.Add(own);
        return [own];
    }
}
