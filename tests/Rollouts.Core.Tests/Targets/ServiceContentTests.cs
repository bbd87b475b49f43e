using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Core.Targets;
using Rollouts.Model;

namespace Rollouts.Core.Tests.Targets;

public class ServiceContentTests
{
    private const string Live = """
        {
          "type": "NodePort", "clusterIP": "10.0.0.7", "clusterIPs": ["10.0.0.7"], "externalTrafficPolicy": "Cluster",
          "selector": {"app": "podinfo", "colour": "blue"}, "sessionAffinity": "None",
          "ports": [{"name": "http", "port": 80, "targetPort": 9898, "nodePort": 30080}, {"name": "metrics", "port": 9797, "nodePort": 30097}]
        }
        """;

    [Theory]
    [InlineData("clusterIP", "\"10.0.0.9\"")]
    [InlineData("type", "\"LoadBalancer\"")]
    [InlineData("externalIPs", "[\"192.0.2.1\"]")]
    public void What_the_cluster_gave_to_the_one_object_starts_no_run(string field, string value) =>
        RevisionWith(field, value).Should().Be(RevisionWith("clusterIP", "\"10.0.0.7\""));

    [Theory]
    [InlineData("selector", """{"app": "podinfo", "colour": "green"}""")]
    [InlineData("sessionAffinity", "\"ClientIP\"")]
    [InlineData("ports", """[{"name": "http", "port": 80, "targetPort": 8080}]""")]
    public void Whom_it_selects_and_how_it_speaks_to_them_does(string field, string value) =>
        RevisionWith(field, value).Should().NotBe(RevisionWith("clusterIP", "\"10.0.0.7\""));

    [Fact]
    public void A_node_port_that_the_cluster_chose_starts_no_run() =>
        RevisionWith("ports", """[{"name": "http", "port": 80, "targetPort": 9898, "nodePort": 31111}, {"name": "metrics", "port": 9797, "nodePort": 30097}]""")
            .Should().Be(RevisionWith("clusterIP", "\"10.0.0.7\""));

    [Fact]
    public void What_is_given_back_leaves_addresses_and_node_ports_as_they_are()
    {
        var live = new JsonObject { ["spec"] = JsonNode.Parse(Live) };
        var earlier = JsonNode.Parse("""{"selector": {"app": "podinfo", "colour": "red"}, "ports": [{"name": "http", "port": 8080, "targetPort": 9898}]}""")!.AsObject();

        TargetKinds.Restore(TargetKind.Service, live, earlier);

        JsonNode.DeepEquals(live["spec"], JsonNode.Parse("""
            {
              "type": "NodePort", "clusterIP": "10.0.0.7", "clusterIPs": ["10.0.0.7"], "externalTrafficPolicy": "Cluster",
              "ports": [{"name": "http", "port": 8080, "targetPort": 9898, "nodePort": 30080}], "selector": {"app": "podinfo", "colour": "red"}
            }
            """)).Should().BeTrue(live.ToJsonString());
    }

    private static string RevisionWith(string field, string value)
    {
        var spec = JsonNode.Parse(Live)!.AsObject();
        spec[field] = JsonNode.Parse(value);
        return Revision.Of(TargetKinds.Released(TargetKind.Service, spec));
    }
}
