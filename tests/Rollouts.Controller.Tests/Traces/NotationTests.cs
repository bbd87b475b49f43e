using System.Text.Json.Nodes;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>Routes in the traces' own words.</summary>
public sealed class NotationTests
{
    [Theory]
    [InlineData("""[{"route": [PRIMARY, CANARY]}]""", "80/20", "20")]
    [InlineData("""[{"route": [CANARY, PRIMARY], "mirror": {"host": "podinfo-canary"}}]""", "80/20 mirror", "20")]
    [InlineData("""[{"route": [PRIMARY, CANARY], "mirror": {}, "mirrorPercentage": {"value": 50}}]""", "80/20 mirror 50%", "20")]
    [InlineData("""[{"match": [{"headers": {"x": {"exact": "1"}}}], "route": [PRIMARY, CANARY]}, {"route": [ONLY]}]""", "match 80/20 ; 100/-", "20")]
    [InlineData("""[{"match": [{"headers": {"Cookie": {"regex": ".*"}}}], "route": [CANARY]}, {"route": [ONLY]}]""", "cookie -/20 ; 100/-", "-")]
    public void A_route_is_written_rule_by_rule_with_the_shares_of_both_versions(string rules, string written, string weight)
    {
        var json = rules
            .Replace("PRIMARY", """{"destination": {"host": "podinfo-primary"}, "weight": 80}""")
            .Replace("CANARY", """{"destination": {"host": "podinfo-canary"}, "weight": 20}""")
            .Replace("ONLY", """{"destination": {"host": "podinfo-primary"}}""");
        var route = new JsonObject { ["spec"] = new JsonObject { ["http"] = JsonNode.Parse(json) } };

        Notation.Route(route).Should().Be(written);
        Notation.Weight(route).Should().Be(weight);
    }

    [Fact]
    public void A_list_is_written_in_order_without_repeats_of_the_one_before()
    {
        Notation.List(["0", "0", "20", "0", "0"]).Should().Be("0, 20, 0");
        Notation.List([]).Should().Be("none");
    }
}
