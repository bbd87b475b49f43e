using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
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

    private static readonly Gen<JsonObject> Routes = Gen.Select(Rules.Array[0, 4], RandomJson.Objects, Gen.Bool).Select((rules, more, ours) =>
    {
        var spec = Clone(more);
        spec["http"] = new JsonArray([.. rules.Select(Clone)]);
        var labels = new JsonObject { ["team"] = "web" };
        if (ours)
            labels[Names.OwnerLabel] = "podinfo";
        return new JsonObject { ["metadata"] = new JsonObject { ["name"] = "podinfo", ["labels"] = labels }, ["spec"] = spec };
    });

    [Fact]
    public void What_is_shaped_reads_as_the_split_and_is_legal() => Gen.Select(Routes, Gen.Int[0, 100]).Sample((live, weight) =>
    {
        var shaped = IstioVirtualService.Shape(live, Intent(weight));

        IstioVirtualService.Read(shaped, Names).Should().Be(new Traffic(new Split(new Weight(weight)), Weight.Zero));
        foreach (var rule in Http(shaped).Where(rule => SharesOf(rule).Any(IsOurs)))
            SharesOf(rule).Sum(share => share["weight"]!.GetValue<int>()).Should().Be(100);
    });

    [Fact]
    public void To_shape_it_again_changes_nothing() => Gen.Select(Routes, Gen.Int[0, 100]).Sample((live, weight) =>
    {
        var once = IstioVirtualService.Shape(live, Intent(weight));

        JsonNode.DeepEquals(IstioVirtualService.Shape(once, Intent(weight)), once).Should().BeTrue();
    });

    [Fact]
    public void The_object_that_was_looked_at_is_left_alone() => Routes.Sample(live =>
    {
        var before = live.DeepClone();

        IstioVirtualService.Shape(live, Intent(30));
        IstioVirtualService.HandBack(live, Names);

        JsonNode.DeepEquals(live, before).Should().BeTrue();
    });

    // D5: Flagger rewrites the whole spec with 100/0 when anything in it differs.
    [Fact]
    public void What_is_not_ours_survives() => Gen.Select(Routes, Gen.Int[0, 100]).Sample((live, weight) =>
    {
        var shaped = IstioVirtualService.Shape(live, Intent(weight));

        var (before, after) = (Http(live).ToList(), Http(shaped).ToList());
        after.Count.Should().BeGreaterThanOrEqualTo(before.Count);
        before.Zip(after).Should().NotContain(pair => !JsonNode.DeepEquals(Without(pair.First, "route"), Without(pair.Second, "route")));
        before.Zip(after).Should().NotContain(pair => SharesOf(pair.Second).All(share => !IsOurs(share)) && !JsonNode.DeepEquals(pair.First, pair.Second));
        JsonNode.DeepEquals(Without(live["spec"]!.AsObject(), "http", "hosts", "gateways"), Without(shaped["spec"]!.AsObject(), "http", "hosts", "gateways"))
            .Should().BeTrue();
        shaped["metadata"]!["labels"]!["team"]!.GetValue<string>().Should().Be("web");
    });

    [Fact]
    public void A_destination_of_ours_keeps_what_the_user_put_into_it() => Gen.Select(RandomJson.Objects, Gen.Int[0, 100]).Sample((more, weight) =>
    {
        var share = Clone(more);
        share["destination"] = new JsonObject { ["host"] = "podinfo-canary", ["port"] = new JsonObject { ["number"] = 8080 } };
        var live = new JsonObject { ["spec"] = new JsonObject { ["http"] = new JsonArray(new JsonObject { ["route"] = new JsonArray(share) }) } };

        var shaped = SharesOf(Http(IstioVirtualService.Shape(live, Intent(weight))).Single()).Single(entry => Host(entry) == "podinfo-canary");

        JsonNode.DeepEquals(Without(shaped, "weight"), Without(share, "weight")).Should().BeTrue();
    });

    [Fact]
    public void What_is_handed_back_knows_us_no_more() => Gen.Select(Routes, Gen.Int[0, 100]).Sample((live, weight) =>
    {
        var back = IstioVirtualService.HandBack(IstioVirtualService.Shape(live, Intent(weight)), Names);

        IstioVirtualService.Read(back, Names).Should().BeNull();
        Http(back).SelectMany(SharesOf).Should().NotContain(share => IsOurs(share));
        back["metadata"]!["labels"]!.AsObject().Should().NotContain(label => label.Key == Names.OwnerLabel);
    });

    private static RouteIntent Intent(int weight) => new(Names, Scenes.Resting().Reading().Spec!.Service, new Traffic(new Split(new Weight(weight)), Weight.Zero));

    private static IEnumerable<JsonObject> Http(JsonObject route) => route["spec"]!["http"]!.AsArray().Select(rule => rule!.AsObject());

    private static IEnumerable<JsonObject> SharesOf(JsonObject rule) =>
        rule["route"] is JsonArray shares ? shares.Select(share => share!.AsObject()) : [];

    private static string Host(JsonObject share) => share["destination"]!["host"]!.GetValue<string>();

    private static bool IsOurs(JsonObject share) => Host(share).Split('.') is ["podinfo-primary" or "podinfo-canary", ..];

    private static JsonObject Without(JsonObject parent, params string[] fields) =>
        new(parent.Where(field => !fields.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private static JsonObject Clone(JsonObject node) => node.DeepClone().AsObject();
}
