using System.Text.Json.Nodes;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Tests.Mesh;

public sealed class DelegationTests
{
    private const string Delegate = """{"delegate":{"name":"below"}}""";

    [Fact]
    public void The_rules_of_a_delegate_stand_in_the_place_of_the_rule_that_names_it()
    {
        var root = Root("""{"name":"first"}""", Delegate, """{"name":"last"}""");
        Rules(root, Below("""{"name":"a"}""", """{"name":"b"}""")).Select(rule => (string?)rule["name"]).Should().Equal("first", "a", "b", "last");
    }

    [Fact]
    public void Short_names_of_a_delegate_are_of_its_own_namespace()
    {
        var below = Below("""{"name":"a"}""");
        below["metadata"]!["namespace"] = "other";
        var root = Root("""{"name":"first"}""", """{"delegate":{"name":"below","namespace":"other"}}""");
        new Delegation([root, below]).RulesOf(root).Select(rule => rule.Namespace).Should().Equal("test", "other");
    }

    [Theory]
    [InlineData("""{"delegate":{"name":"nobody"}}""")]
    [InlineData("""{"delegate":{"name":"below","namespace":"other"}}""")]
    public void Of_a_delegate_that_is_not_there_no_rule_is_left(string rule) => Rules(Root(rule), Below("{}")).Should().BeEmpty();

    [Fact]
    public void A_delegate_has_no_hosts_and_does_not_delegate_further()
    {
        var hosted = Below("""{"name":"a"}""");
        hosted["spec"]!["hosts"] = new JsonArray("podinfo");
        Rules(Root(Delegate), hosted).Should().BeEmpty();
        Rules(Root(Delegate), Below(Delegate)).Should().BeEmpty();
    }

    [Fact]
    public void What_a_delegate_leaves_open_the_rule_above_it_says()
    {
        var rule = Rules(Root("""{"delegate":{"name":"below"},"timeout":"5s","rewrite":{"uri":"/up"}}"""), Below("""{"timeout":"1s"}""")).Single();
        ((string?)rule["timeout"], (string?)rule["rewrite"]?["uri"]).Should().Be(("1s", "/up"));
    }

    [Theory]
    [InlineData("""{"uri":{"prefix":"/a"}}""", """{"headers":{"x":{"exact":"1"}}}""", """{"uri":{"prefix":"/a"},"headers":{"x":{"exact":"1"}}}""")]
    [InlineData("""{"uri":{"prefix":"/a"}}""", """{"uri":{"prefix":"/a/b"}}""", """{"uri":{"prefix":"/a/b"}}""")]
    [InlineData("""{"uri":{"prefix":"/a"}}""", """{"uri":{"exact":"/a/b"}}""", """{"uri":{"exact":"/a/b"}}""")]
    [InlineData("""{"headers":{"x":{"exact":"1"}}}""", """{"headers":{"y":{"regex":"2"}}}""", """{"headers":{"x":{"exact":"1"},"y":{"regex":"2"}}}""")]
    [InlineData("""{"uri":{"prefix":"/a"}}""", """{"uri":{"prefix":"/b"}}""", null)]
    [InlineData("""{"uri":{"prefix":"/a"}}""", """{"uri":{"regex":"/a.*"}}""", null)]
    [InlineData("""{"uri":{"exact":"/a"}}""", """{"uri":{"prefix":"/a"}}""", null)]
    [InlineData("""{"method":{"exact":"GET"}}""", """{"method":{"exact":"PUT"}}""", null)]
    [InlineData("""{"headers":{"x":{"exact":"1"}}}""", """{"headers":{"x":{"exact":"2"}}}""", null)]
    [InlineData("""{"gateways":["mesh"]}""", """{"gateways":["public"]}""", null)]
    [InlineData("""{"port":80}""", """{"port":81}""", null)]
    public void A_match_of_a_delegate_must_lie_within_one_above_it(string above, string below, string? merged)
    {
        var rules = Rules(Root($$$"""{"match":[{{{above}}}],"delegate":{"name":"below"} }"""), Below($$"""{"match":[{{below}}]}""")).ToList();
        if (merged is null)
            rules.Should().BeEmpty();
        else
            JsonNode.DeepEquals(rules.Single()["match"]![0], JsonNode.Parse(merged)).Should().BeTrue($"{rules.Single()} was to be {merged}");
    }

    [Fact]
    public void Where_only_one_of_the_two_has_matches_those_hold()
    {
        Rules(Root("""{"match":[{"port":80}],"delegate":{"name":"below"}}"""), Below("{}")).Single()["match"]!.AsArray().Should().ContainSingle();
        Rules(Root(Delegate), Below("""{"match":[{"port":80},{"port":81}]}""")).Single()["match"]!.AsArray().Should().HaveCount(2);
    }

    private static IEnumerable<JsonObject> Rules(JsonObject root, JsonObject below) => new Delegation([root, below]).RulesOf(root).Select(rule => rule.Rule);

    private static JsonObject Root(params string[] http) => MeshObject.VirtualService($"[{string.Join(',', http)}]");

    private static JsonObject Below(params string[] http) => MeshObject.VirtualService($"[{string.Join(',', http)}]", hosts: "", name: "below");
}
