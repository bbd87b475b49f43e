using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;

namespace Rollouts.Core.Tests.Routing;

public class IstioReadingTests
{
    private static readonly Names Names = Names.Of(Scenes.Resting().Reading().Canary!);

    [Theory]
    [InlineData("podinfo-primary 80 podinfo-canary 20", 20)]
    [InlineData("podinfo-canary 20 podinfo-primary 80", 20)]
    [InlineData("podinfo-primary 100", 0)]
    [InlineData("podinfo-canary", 100)] // A single destination may go without a weight.
    [InlineData("podinfo-primary", 0)]
    [InlineData("podinfo-primary 50 podinfo-canary 20", null)] // It sums to 70.
    [InlineData("podinfo-primary 0 podinfo-canary 0", null)]
    [InlineData("podinfo-primary podinfo-canary", null)]
    [InlineData("podinfo-primary 80 other 20", null)]
    [InlineData("podinfo 100", null)]
    [InlineData("podinfo-primary.other 100", null)]
    public void A_rule_reads_as_a_split_only_if_it_is_one(string shares, int? candidate) =>
        IstioVirtualService.Read(Route(shares), Names).Should().Be(candidate is { } weight ? new Traffic(new Split(new Weight(weight)), Weight.Zero) : null);

    [Fact]
    public void Rules_that_disagree_are_no_split()
    {
        IstioVirtualService.Read(Route("podinfo-primary 100", "podinfo-primary 80 podinfo-canary 20"), Names).Should().BeNull();
        IstioVirtualService.Read(Route("podinfo-primary 80 podinfo-canary 20", "podinfo-primary 80 podinfo-canary 20"), Names)
            .Should().Be(new Traffic(new Split(new Weight(20)), Weight.Zero));
    }

    [Theory]
    [InlineData("""{"mirror": {"host": "podinfo-canary"}}""", 100)] // No share means everything.
    [InlineData("""{"mirror": {"host": "podinfo-canary.shop"}, "mirrorPercentage": {"value": 40.0}}""", 40)]
    [InlineData("""{"mirror": {"host": "podinfo-canary"}, "mirrorPercent": 30}""", 30)]
    [InlineData("""{"mirrors": [{"destination": {"host": "a"}}, {"destination": {"host": "podinfo-canary"}, "percentage": {"value": 5}}]}""", 5)]
    [InlineData("""{"mirror": {"host": "recorder"}, "mirrorPercentage": {"value": 40}}""", 0)]
    [InlineData("""{"mirror": {"host": "podinfo-canary.other"}}""", 0)]
    [InlineData("""{"mirror": {"host": "podinfo-canary"}, "mirrorPercentage": {"value": 0.5}}""", null)] // No weight of ours.
    [InlineData("""{"mirror": {"host": "podinfo-canary"}, "mirrorPercentage": {"value": 101}}""", null)]
    [InlineData("""{"mirrors": [{"destination": {"host": "podinfo-canary"}}, {"destination": {"host": "podinfo-canary"}}]}""", null)]
    public void Copies_are_read_only_where_the_candidate_gets_them(string mirror, int? percent)
    {
        var live = Route("podinfo-primary 100");
        foreach (var (field, value) in JsonNode.Parse(mirror)!.AsObject())
            live["spec"]!["http"]![0]![field] = value!.DeepClone();

        IstioVirtualService.Read(live, Names).Should().Be(percent is { } share ? new Traffic(Split.AllPrimary, new Weight(share)) : null);
    }

    [Theory]
    [InlineData("podinfo-primary 0 podinfo-canary 100", "podinfo-primary 100", 100)]
    [InlineData("podinfo-primary 80 podinfo-canary 20", "podinfo-primary 100 podinfo-canary 0", 20)]
    [InlineData("podinfo-primary 100 podinfo-canary 0", "podinfo-primary 100", 0)]
    [InlineData("podinfo-primary 100 podinfo-canary 0", "podinfo-primary 80 podinfo-canary 20", null)] // All others would not stay on the primary.
    [InlineData("podinfo-primary 50", "podinfo-primary 100", null)]
    public void The_split_of_an_AB_run_is_that_of_the_matched_requests(string matched, string others, int? candidate)
    {
        var live = Route(matched, others);
        live["spec"]!["http"]![0]!["name"] = "rollouts-match";

        IstioVirtualService.Read(live, Names).Should().Be(candidate is { } weight ? new Traffic(new Split(new Weight(weight)), Weight.Zero) : null);
    }

    [Theory]
    [InlineData("podinfo-primary 80 podinfo-canary 20", 20)]
    [InlineData("podinfo-primary 100", null)] // The connections go elsewhere than the requests.
    public void Connections_that_are_shared_otherwise_than_requests_are_no_split(string tcp, int? candidate)
    {
        var live = Route("podinfo-primary 80 podinfo-canary 20");
        live["spec"]!["tcp"] = Route(tcp)["spec"]!["http"]!.DeepClone();

        IstioVirtualService.Read(live, Names).Should().Be(candidate is { } weight ? new Traffic(new Split(new Weight(weight)), Weight.Zero) : null);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"spec": null}""")]
    [InlineData("""{"spec": {"http": "nonsense"}}""")]
    [InlineData("""{"spec": {"http": [null, 1, {"route": {}}, {"route": [null, {"destination": "x"}]}]}}""")]
    public void What_is_no_route_at_all_reads_as_none(string json) =>
        IstioVirtualService.Read(JsonNode.Parse(json)!.AsObject(), Names).Should().BeNull();

    [Fact]
    public void A_DestinationRule_has_the_host_and_the_policy_of_the_Canary()
    {
        var spec = Scenes.Resting().Reading().Spec!.Service;
        var policy = JsonNode.Parse("""{"connectionPool": {"http": {"maxRetries": 3}}}""")!;
        var live = JsonNode.Parse("""{"spec": {"host": "wrong", "exportTo": ["."], "subsets": [{"name": "v1"}]}}""")!.AsObject();

        var made = IstioDestinationRule.Shape(null, "podinfo-canary", new RouteIntent(Names, spec, Traffic.AllPrimary));
        var shaped = IstioDestinationRule.Shape(live, "podinfo-canary", new RouteIntent(Names, spec with { TrafficPolicy = new RawJson(policy) }, Traffic.AllPrimary));

        made["spec"]!.ToJsonString().Should().Be("""{"host":"podinfo-canary"}""");
        made["metadata"]!["labels"]![Names.OwnerLabel]!.GetValue<string>().Should().Be("podinfo");
        shaped["spec"]!.ToJsonString().Should().Be(
            """{"host":"podinfo-canary","exportTo":["."],"subsets":[{"name":"v1"}],"trafficPolicy":{"connectionPool":{"http":{"maxRetries":3}}}}""");
    }

    private static JsonObject Route(params string[] rules) => new()
    {
        ["spec"] = new JsonObject { ["http"] = new JsonArray([.. rules.Select(Rule)]) },
    };

    private static JsonObject Rule(string shares)
    {
        var route = new JsonArray();
        foreach (var word in shares.Split(' '))
        {
            if (int.TryParse(word, out var weight))
                route[^1]!["weight"] = weight;
            else
                route.Add(new JsonObject { ["destination"] = new JsonObject { ["host"] = word } });
        }
        return new JsonObject { ["route"] = route };
    }
}
