using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Routing.Istio;

/// <summary>A rule that shares requests between primary and candidate, and the rules that we put before it.</summary>
internal sealed record IstioRuleGroup(JsonObject Base, IReadOnlyList<JsonObject> Added)
{
    public JsonObject? Matched => Find(IstioRules.Matched);

    /// <summary>The rule with the split.</summary>
    public JsonObject Weighted => Matched ?? Base;

    public JsonObject? Find(string name) => Added.FirstOrDefault(rule => rule["name"].Text() == name);

    public bool AsksFor(string cookie) => Added.Any(rule => IstioMatches.AskForCookie(rule["match"], cookie));

    /// <summary>
    /// What the rules do together. Null where they contradict each other, for then what the weighted rule says is not what happens: a
    /// sticky rule that still sends users to a candidate of weight 0, say.
    /// </summary>
    public Traffic? Read(Names names)
    {
        if (Of(Weighted, names) is not { } traffic)
            return null;
        if (Matched is not null && Of(Base, names) != Traffic.AllPrimary)
            return null;
        return Added.All(rule => rule == Matched || Fits(rule, traffic, names)) ? traffic : null;
    }

    /// <summary>Gives the rules that are there the traffic, and takes away those that would send it elsewhere.</summary>
    public void Reweigh(Names names, Traffic traffic)
    {
        if (traffic.Split.Candidate == Weight.Zero)
            IstioAffinity.TakeOff(Weighted, names, AsksFor);
        Weigh(Weighted, names, traffic);
        if (Matched is not null)
        {
            IstioDestinations.PrimaryAlone(Base, names);
            IstioMirror.Set(Base, names, Weight.Zero);
        }
        if (Find(IstioRules.TakeBack) is { } takeBack)
            Weigh(takeBack, names, traffic);
        foreach (var rule in Added.Where(rule => rule != Matched && !Fits(rule, traffic, names)))
            rule.Parent?.AsArray().Remove(rule);
    }

    /// <summary>Gives one rule the traffic.</summary>
    public static void Weigh(JsonObject rule, Names names, Traffic traffic)
    {
        IstioDestinations.Split(rule, names, traffic.Split);
        IstioMirror.Set(rule, names, traffic.Mirrored);
    }

    private static bool Fits(JsonObject rule, Traffic traffic, Names names) => rule["name"].Text() switch
    {
        IstioRules.StickyCandidate => traffic.Split.Candidate > Weight.Zero && IstioDestinations.Read(rule, names)?.Candidate == Weight.Full,
        IstioRules.StickyPrimary => traffic.Split is { Candidate.Percent: > 0, Primary.Percent: > 0 } && IstioDestinations.Read(rule, names) == Split.AllPrimary,
        IstioRules.TakeBack => traffic.Split.Candidate == Weight.Zero && Of(rule, names) == traffic,
        _ => false,
    };

    private static Traffic? Of(JsonObject rule, Names names) =>
        IstioDestinations.Read(rule, names) is { } split && IstioMirror.Read(rule, names) is { } mirrored ? new Traffic(split, mirrored) : null;
}
