using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Service;
using Rollouts.Model.Status;
using Rollouts.TestKit;

namespace Rollouts.Core.Tests.Routing;

/// <summary>Whatever VirtualService stands there, of ours or a user's.</summary>
public class IstioPropertyTests
{
    private static readonly Names Names = Names.Of(Scenes.Resting().Reading().Canary!);

    private static readonly Gen<string> Hosts = Gen.OneOf(
        "podinfo", "podinfo-primary", "podinfo-canary.shop", "podinfo-primary.shop.svc.cluster.local", "podinfo.other", "files", "podinfo.shop.svc");

    private static readonly Gen<JsonObject> Shares =
        Gen.Select(Hosts, Gen.Int[-1, 100], RandomJson.Objects).Select((host, weight, more) =>
        {
            var share = Clone(more);
            share["destination"] = new JsonObject { ["host"] = host };
            if (weight >= 0)
                share["weight"] = weight;
            return share;
        });

    private static readonly Gen<JsonObject> Rules = Gen.Select(Shares.Array[0, 3], RandomJson.Objects, Gen.Bool).Select((shares, more, redirects) =>
    {
        var rule = Clone(more);
        if (redirects)
            rule["redirect"] = new JsonObject { ["uri"] = "/" };
        else
            rule["route"] = new JsonArray([.. shares.Select(Clone)]);
        return rule;
    });

    // A rule of ours in every state that somebody may have left it in.
    private static readonly Gen<JsonObject> Named = Gen.Select(Rules, Gen.OneOf("rollouts-match", "rollouts-sticky-candidate", "rollouts-take-back", "other"))
        .Select((rule, name) => With(rule, "name", name));

    private static readonly Gen<JsonObject> Mirroring = Gen.Select(Rules, Hosts, Gen.Int[-1, 100]).Select((rule, host, percent) =>
    {
        var mirroring = With(rule, "mirror", new JsonObject { ["host"] = host });
        return percent < 0 ? mirroring : With(mirroring, "mirrorPercentage", new JsonObject { ["value"] = percent });
    });

    private static readonly Gen<JsonObject> Routes = Gen.Select(
        Gen.OneOf(Rules, Rules, Named, Mirroring).Array[0, 4], Rules.Array[0, 2], RandomJson.Objects, Gen.Bool).Select((http, tcp, more, ours) =>
    {
        var spec = Clone(more);
        spec["http"] = new JsonArray([.. http.Select(Clone)]);
        if (tcp.Length > 0)
            spec["tcp"] = new JsonArray([.. tcp.Select(Clone)]);
        var labels = new JsonObject { ["team"] = "web" };
        if (ours)
            labels[Names.OwnerLabel] = "podinfo";
        return new JsonObject { ["metadata"] = new JsonObject { ["name"] = "podinfo", ["labels"] = labels }, ["spec"] = spec };
    });

    private static readonly Gen<Weight> Weights = Gen.Frequency((1, Gen.Const(0)), (1, Gen.Const(100)), (3, Gen.Int[0, 100])).Select(percent => new Weight(percent));

    private static readonly Gen<EquatableList<RawJson>> Matches = Gen.OneOf("headers", "queryParams", "sourceLabels")
        .Select(map => new RawJson(new JsonObject { [map] = new JsonObject { ["a"] = "x", ["b"] = "y" } })).Array[0, 2].Select(matches => matches.ToEquatableList());

    private static readonly Gen<RouteIntent> Requests = Gen.Select(Weights, Weights, Matches, Matches, Gen.Int[0, 2], Gen.Bool).Select((candidate, mirrored, match, service, cookies, delegated) =>
        Intent(0) with
        {
            Traffic = new Traffic(new Split(candidate), mirrored),
            Match = match,
            Service = Service with { Match = service, PortDiscovery = delegated, Delegation = delegated },
            Affinity = cookies == 0 ? null : new AffinitySpec { CookieName = "seen", PrimaryCookieName = cookies == 1 ? null : "kept" },
            Cookies = candidate == Weight.Zero ? new Cookies(null, null, "seen=before") : new Cookies("seen=now", cookies == 1 ? null : "kept=now", "seen=before"),
        });

    private static readonly Gen<RouteIntent> Connections = Weights.Select(candidate =>
        Intent(0) with { Service = Service with { AppProtocol = "tcp" }, Traffic = new Traffic(new Split(candidate), Weight.Zero) });

    private static readonly Gen<RouteIntent> Intents = Gen.Frequency((4, Requests), (1, Connections));

    [Fact]
    public void What_is_shaped_reads_as_the_traffic_and_is_legal() => Gen.Select(Routes, Intents).Sample((live, intent) =>
    {
        var shaped = IstioVirtualService.Shape(live, intent);

        IstioVirtualService.Read(shaped, Names).Should().Be(intent.Traffic);
        foreach (var rule in All(shaped).Where(KnowsUs))
            SharesOf(rule).Sum(share => share["weight"]!.GetValue<int>()).Should().Be(100);
        All(shaped).Should().NotContain(rule => rule.ContainsKey("mirror") && rule.ContainsKey("mirrors"), "Istio refuses both");
    });

    [Fact]
    public void To_shape_it_again_changes_nothing() => Gen.Select(Routes, Intents).Sample((live, intent) =>
    {
        var once = IstioVirtualService.Shape(live, intent);

        Same(IstioVirtualService.Shape(once, intent), once);
    });

    // A Canary is edited, a run goes on, the next one comes: what was there before leaves no trace.
    [Fact]
    public void Whatever_was_asked_for_before_what_is_asked_for_now_comes_out() => Gen.Select(Routes, Requests, Requests).Sample((live, before, now) =>
    {
        var made = IstioVirtualService.Shape(live, now);

        Same(IstioVirtualService.Shape(IstioVirtualService.Shape(made, before with { Service = now.Service }), now), made);
    });

    [Fact]
    public void The_retreat_alone_does_the_same_as_the_whole_where_the_traffic_is_the_same() => Gen.Select(Routes, Intents).Sample((live, intent) =>
    {
        var shaped = IstioVirtualService.Shape(live, intent);

        Same(IstioVirtualService.Reweigh(shaped, Names, intent.Traffic), shaped);
    });

    [Fact]
    public void The_retreat_leaves_nothing_on_the_candidate() => Gen.Select(Routes, Intents).Sample((live, intent) =>
    {
        var back = IstioVirtualService.Reweigh(IstioVirtualService.Shape(live, intent), Names, Traffic.AllPrimary);

        IstioVirtualService.Read(back, Names).Should().Be(Traffic.AllPrimary);
        All(back).Where(KnowsUs).Should().NotContain(rule => MirrorsOf(rule).Any(IsCandidate) || SharesOf(rule).Any(share => IsCandidate(Host(share)) && share["weight"]!.GetValue<int>() > 0));
    });

    [Fact]
    public void The_retreat_of_an_object_in_any_state_sends_nothing_to_the_candidate() => Routes.Sample(live =>
        All(IstioVirtualService.Reweigh(live, Names, Traffic.AllPrimary)).Where(KnowsUs).SelectMany(SharesOf)
            .Should().NotContain(share => IsCandidate(Host(share)) && share["weight"]!.GetValue<int>() > 0));

    [Fact]
    public void The_object_that_was_looked_at_is_left_alone() => Gen.Select(Routes, Intents).Sample((live, intent) =>
    {
        var before = live.DeepClone();

        IstioVirtualService.Shape(live, intent);
        IstioVirtualService.Reweigh(live, Names, intent.Traffic);
        IstioVirtualService.Read(live, Names);
        IstioVirtualService.HandBack(live, Names);

        Same(live, before);
    });

    // D5: Flagger rewrites the whole spec with 100/0 when anything in it differs.
    [Fact]
    public void What_is_not_ours_survives() => Gen.Select(Routes, Intents).Sample((live, intent) =>
    {
        var shaped = IstioVirtualService.Shape(live, intent);

        Survives(live, shaped);
        Survives(shaped, IstioVirtualService.Reweigh(shaped, Names, Traffic.AllPrimary));
        JsonNode.DeepEquals(Without(live["spec"]!.AsObject(), "http", "tcp", "hosts", "gateways"), Without(shaped["spec"]!.AsObject(), "http", "tcp", "hosts", "gateways"))
            .Should().BeTrue();
        shaped["metadata"]!["labels"]!["team"]!.GetValue<string>().Should().Be("web");
    });

    [Fact]
    public void A_rule_of_the_user_keeps_everything_but_its_shares() => Gen.Select(Rules, Requests).Sample((rule, intent) =>
    {
        var live = Alone(With(rule, "route", new JsonArray(new JsonObject { ["destination"] = new JsonObject { ["host"] = "podinfo-primary" } })));

        JsonNode.DeepEquals(Without(Http(IstioVirtualService.Shape(live, intent)).Last(), "route", "mirror", "mirrorPercentage"), Without(Http(live).Single(), "route"))
            .Should().BeTrue();
    });

    [Fact]
    public void A_destination_of_ours_keeps_what_the_user_put_into_it() => Gen.Select(RandomJson.Objects, Requests).Sample((more, intent) =>
    {
        var share = With(more, "destination", new JsonObject { ["host"] = "podinfo-canary", ["port"] = new JsonObject { ["number"] = 8080 } });
        share["headers"] = new JsonObject { ["response"] = new JsonObject { ["add"] = new JsonObject { ["Set-Cookie"] = "seen=users" } } };

        var shaped = Http(IstioVirtualService.Shape(IstioVirtualService.Shape(Alone(new JsonObject { ["route"] = new JsonArray(share) }), intent), Intent(50)));

        JsonNode.DeepEquals(Without(SharesOf(shaped.Single()).Single(entry => Host(entry) == "podinfo-canary"), "weight"), Without(share, "weight")).Should().BeTrue();
    });

    [Fact]
    public void What_is_handed_back_knows_us_no_more() => Gen.Select(Routes, Intents).Sample((live, intent) =>
    {
        var back = IstioVirtualService.HandBack(IstioVirtualService.Shape(live, intent), Names);

        IstioVirtualService.Read(back, Names).Should().BeNull();
        All(back).Should().NotContain(rule => KnowsUs(rule));
        back.ToJsonString().Should().NotContain(Names.OwnerLabel).And.NotContain("rollouts.dev/adopted-rules");
    });

    [Fact]
    public void What_was_adopted_is_handed_back_as_it_was() => Gen.Select(Adoptable, Requests, Requests).Sample((live, first, then) =>
    {
        first = first with { Service = Service };

        var back = IstioVirtualService.HandBack(IstioVirtualService.Shape(IstioVirtualService.Shape(live, first), then with { Service = Service }), Names);

        Same(back, live);
    });

    // D46: where the order of a dictionary decides, Flagger now and then takes a route that is right for a wrong one.
    [Fact]
    public void The_order_of_names_in_a_match_is_no_difference() => Gen.Select(Routes, Requests).Sample((live, intent) =>
    {
        var turned = intent with { Match = Turned(intent.Match), Service = intent.Service with { Match = Turned(intent.Service.Match) } };
        var shaped = IstioVirtualService.Shape(live, intent);

        Same(IstioVirtualService.Shape(shaped, turned), shaped);
    });

    private static readonly Gen<JsonObject> Adoptable = Gen.Select(
        Gen.OneOf("podinfo", "podinfo.shop.svc").Select(Gen.Int[-1, 100], Gen.Bool, RandomJson.Objects).Select(entry =>
        {
            var (host, weight, subset, more) = entry;
            var share = With(more, "destination", new JsonObject { ["host"] = host });
            if (subset)
                share["destination"]!["subset"] = "v1";
            // A single destination has everything, with or without the word; what is handed back goes without.
            if (weight is >= 0 and < 100)
                share["weight"] = weight;
            return share;
        }).Array[1, 2].Array[1, 3], RandomJson.Objects, RandomJson.Objects).Select((rules, more, foreign) => new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "podinfo" },
            ["spec"] = new JsonObject
            {
                ["hosts"] = new JsonArray("example.org"),
                ["http"] = new JsonArray([With(foreign, "redirect", "/"), .. rules.Select(route => With(more, "route", new JsonArray([.. route.Select(Clone)])))]),
            },
        });

    private static void Survives(JsonObject before, JsonObject after)
    {
        Others(before).Select(rule => rule.ToJsonString()).Should().Equal(Others(after).Select(rule => rule.ToJsonString()));

        IEnumerable<JsonObject> Others(JsonObject route) => All(route).Where(rule => !KnowsUs(rule) && !SharesOf(rule).Any(share => Host(share).Split('.')[0] == "podinfo"));
    }

    private static EquatableList<RawJson> Turned(EquatableList<RawJson> matches) => matches.Select(match => new RawJson(
        new JsonObject(match.ToNode().AsObject().Select(map => KeyValuePair.Create(
            map.Key, (JsonNode?)new JsonObject(map.Value!.AsObject().Reverse().Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())))))))).ToEquatableList();

    private static ServiceSpec Service => Scenes.Resting().Reading().Spec!.Service;

    private static void Same(JsonNode actual, JsonNode expected) =>
        JsonNode.DeepEquals(actual, expected).Should().BeTrue("{0} has to be {1}", actual.ToJsonString(), expected.ToJsonString());

    private static JsonObject Alone(JsonObject rule) => new() { ["spec"] = new JsonObject { ["http"] = new JsonArray(rule) } };

    private static JsonObject With(JsonObject parent, string field, JsonNode value)
    {
        var more = Clone(parent);
        more[field] = value;
        return more;
    }

    private static IEnumerable<JsonObject> All(JsonObject route) => Http(route).Concat(List(route, "tcp"));

    private static IEnumerable<JsonObject> List(JsonObject route, string list) =>
        route["spec"]![list] is JsonArray rules ? rules.Select(rule => rule!.AsObject()) : [];

    private static bool KnowsUs(JsonObject rule) => SharesOf(rule).Any(IsOurs);

    private static IEnumerable<string> MirrorsOf(JsonObject rule) =>
        (rule["mirrors"]?.AsArray().Select(mirror => mirror!["destination"]) ?? []).Append(rule["mirror"]).OfType<JsonObject>().Select(mirror => mirror["host"]!.GetValue<string>());

    private static bool IsCandidate(string host) => host is "podinfo-canary" or "podinfo-canary.shop";

    private static RouteIntent Intent(int weight) => new(Names, Service, new Traffic(new Split(new Weight(weight)), Weight.Zero));

    private static IEnumerable<JsonObject> Http(JsonObject route) => List(route, "http");

    private static IEnumerable<JsonObject> SharesOf(JsonObject rule) =>
        rule["route"] is JsonArray shares ? shares.Select(share => share!.AsObject()) : [];

    private static string Host(JsonObject share) => share["destination"]!["host"]!.GetValue<string>();

    private static bool IsOurs(JsonObject share) => Host(share).Split('.') is ["podinfo-primary" or "podinfo-canary", ..];

    private static JsonObject Without(JsonObject parent, params string[] fields) =>
        new(parent.Where(field => !fields.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private static JsonObject Clone(JsonObject node) => node.DeepClone().AsObject();
}
