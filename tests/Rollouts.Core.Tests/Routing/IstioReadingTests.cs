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
