using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Routing.Istio;

/// <summary>Shares the traffic between the destinations of rules that are bare of everything else that we put there.</summary>
internal static class IstioSharing
{
    public static void Share(JsonNode? http, JsonNode? tcp, RouteIntent intent)
    {
        // Of a TCP service the connections are shared. Rules for requests may stand beside them in an adopted object, and then do the same.
        var requests = intent.Service.IsTcp
            ? intent with { Match = [], Affinity = null, Traffic = new Traffic(intent.Traffic.Split, Weight.Zero) }
            : intent;
        foreach (var rule in IstioRules.Bases(http, intent.Names))
            Requests(rule, requests);
        foreach (var rule in IstioRules.Bases(tcp, intent.Names))
            Connections(rule, requests);
    }

    private static void Requests(JsonObject rule, RouteIntent intent)
    {
        Point(rule, intent);
        IstioMirror.Set(rule, intent.Names, Weight.Zero);
        var weighted = rule;
        if (intent.Match.Count > 0)
        {
            weighted = IstioRules.Copy(rule, IstioRules.Matched, IstioMatches.Product(rule["match"], intent.Match));
            IstioDestinations.PrimaryAlone(rule, intent.Names);
        }
        IstioDestinations.Split(weighted, intent.Names, intent.Traffic.Split);
        var added = IstioAffinity.Rules(weighted, intent).ToList();
        IstioAffinity.Give(weighted, intent);
        IstioMirror.Set(weighted, intent.Names, intent.Traffic.Mirrored);
        if (weighted != rule)
            added.Add(weighted);
        foreach (var before in added)
            rule.Parent?.AsArray().Insert(rule.GetElementIndex(), before);
    }

    // Which connection belongs to an A/B run nobody can tell, so that all of them stay on the primary.
    private static void Connections(JsonObject rule, RouteIntent intent)
    {
        Point(rule, intent);
        IstioDestinations.Split(rule, intent.Names, intent.Match.Count > 0 ? Split.AllPrimary : intent.Traffic.Split);
    }

    private static void Point(JsonObject rule, RouteIntent intent)
    {
        IstioDestinations.Split(rule, intent.Names, Split.AllPrimary);
        if (IstioOwn.ExplicitPort(intent.Service) is { } port)
            IstioDestinations.Port(rule, intent.Names, port);
    }
}
