using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;

namespace Rollouts.Core.Tests.Blueprints;

/// <summary>Ports and metadata of the three Services.</summary>
public class ServiceTests
{
    private const string Discovery = """{"port": 80, "targetPort": 9898, "portDiscovery": true}""";

    [Fact]
    public void Discovery_adds_every_port_of_the_containers_but_the_proxies_and_our_own()
    {
        var scene = WithContainers(Scenes.Progressing() with { Service = Discovery }, """
            [
              {"name": "podinfod", "ports": [{"name": "http", "containerPort": 9898}, {"name": "admin", "containerPort": 9797}, {"containerPort": 9999}]},
              {"name": "istio-proxy", "ports": [{"containerPort": 15001}]},
              {"name": "envoy", "ports": [{"containerPort": 15002}]},
              {"name": "dns", "ports": [{"containerPort": 53, "protocol": "UDP"}, {"name": "again", "containerPort": 9999}, {"name": "http", "containerPort": 81}]}
            ]
            """);

        Ports(scene, "podinfo-canary").Should().Equal("http 80 9898", "admin 9797 9797", "tcp-podinfod-2 9999 9999", "udp-dns-0 53 53", "tcp-dns-2 81 81");
    }

    [Fact]
    public void A_named_target_port_is_ours_too() =>
        Ports(
            WithContainers(
                Scenes.Progressing() with { Service = """{"port": 80, "targetPort": "web", "portDiscovery": true}""" },
                """[{"name": "a", "ports": [{"name": "web", "containerPort": 8080}, {"name": "admin", "containerPort": 9000}]}]"""),
            "podinfo-canary")
        .Should().Equal("http 80 web", "admin 9000 9000");

    [Fact]
    public void The_primarys_Services_have_the_ports_of_what_it_runs_and_not_of_what_is_under_test()
    {
        var scene = WithContainers(Scenes.Progressing() with { Service = Discovery }, """[{"name": "a", "ports": [{"name": "new", "containerPort": 9000}]}]""");

        Ports(scene, "podinfo").Should().Equal("http 80 9898");
        Ports(scene, "podinfo-primary").Should().Equal("http 80 9898");
        Ports(scene, "podinfo-canary").Should().Equal("http 80 9898", "new 9000 9000");
    }

    [Fact]
    public void Without_discovery_a_Service_of_ours_has_one_port() =>
        Ports(WithContainers(Scenes.Progressing(), """[{"name": "a", "ports": [{"containerPort": 9000}]}]"""), "podinfo-canary").Should().Equal("http 80 9898");

    [Fact]
    public void A_discovered_port_keeps_its_nodePort_and_one_that_is_no_longer_there_goes()
    {
        var scene = WithContainers(Scenes.Progressing() with { Service = Discovery }, """[{"name": "a", "ports": [{"name": "admin", "containerPort": 9000}]}]""");
        var live = JsonNode.Parse("""
            {"metadata": {"labels": {"app.kubernetes.io/managed-by": "rollouts"}}, "spec": {"ports": [
              {"name": "old", "port": 7000}, {"name": "admin", "port": 9000, "nodePort": 30090, "targetPort": 9000}, {"name": "http", "port": 80, "nodePort": 30080}]}}
            """)!.AsObject();

        Shape(scene, "podinfo-canary", live)["spec"]!["ports"]!.ToJsonString().Should().Be(
            """[{"name":"admin","port":9000,"nodePort":30090,"targetPort":9000,"protocol":"TCP"},{"name":"http","port":80,"nodePort":30080,"targetPort":9898}]""");
    }

    [Fact]
    public void Metadata_that_others_manage_is_set_once_and_then_left_alone()
    {
        var scene = Scenes.Resting() with
        {
            Service = """
                {
                  "port": 80, "unmanagedMetadata": {"labels": ["team"], "annotations": ["note"]},
                  "apex": {"labels": {"team": "web", "tier": "front"}, "annotations": {"note": "ours", "other": "ours"}}
                }
                """,
        };
        var live = JsonNode.Parse("""{"metadata": {"labels": {"team": "theirs"}, "annotations": {"note": "theirs"}}}""")!.AsObject();

        Metadata(null).Should().Contain("\"team\":\"web\"").And.Contain("\"note\":\"ours\"");
        Metadata(live).Should().Contain("\"team\":\"theirs\",").And.Contain("\"tier\":\"front\"").And.Contain("""{"note":"theirs","other":"ours"}""");

        string Metadata(JsonObject? service) => Shape(scene, "podinfo", service)["metadata"]!.ToJsonString();
    }

    [Fact]
    public void A_headless_Service_is_made_without_an_address() =>
        Shape(Scenes.Resting() with { Service = """{"port": 80, "headless": true}""" }, "podinfo-canary", null)["spec"]!["clusterIP"]!
            .GetValue<string>().Should().Be("None");

    [Fact]
    public void A_Service_of_ours_has_the_label_that_its_pods_are_told_by() =>
        Shape(Scenes.Resting(), "podinfo-primary", null)["metadata"]!["labels"]!["app"]!.GetValue<string>().Should().Be("podinfo-primary");

    private static Scene WithContainers(Scene scene, string containers)
    {
        var spec = Versions.Spec("2");
        spec["template"]!["spec"]!["containers"] = JsonNode.Parse(containers);
        return scene with { Target = scene.Target! with { Spec = spec } };
    }

    private static List<string> Ports(Scene scene, string service) =>
        [.. Shape(scene, service, null)["spec"]!["ports"]!.AsArray().Select(port => $"{port!["name"]} {port["port"]} {port["targetPort"]}")];

    private static JsonObject Shape(Scene scene, string service, JsonObject? live) =>
        Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().Single(change => change.Id == new ObjectId(ObjectKind.Service, service)).From(live)!;
}
