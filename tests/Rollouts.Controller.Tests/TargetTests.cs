using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

/// <summary>What of a target besides its image finds its way to the primary.</summary>
public class TargetTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task The_primary_is_told_by_the_label_asked_for_and_has_the_targets_ports_and_metadata()
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync(options: options => options with { SelectorLabels = ["part", "app"], IncludeLabelPrefixes = ["example.com/"] });
        var target = Manifests.Deployment();
        target["metadata"]!["labels"]!["example.com/team"] = "web";
        target["spec"]!["selector"]!["matchLabels"]!["part"] = "web";
        var template = target["spec"]!["template"]!;
        template["metadata"]!["labels"]!["part"] = "web";
        template["spec"]!["containers"]![0]!["ports"]!.AsArray().Add(new JsonObject { ["containerPort"] = 9797 });
        template["spec"]!["topologySpreadConstraints"] = JsonNode.Parse("""
            [{"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {"matchLabels": {"part": "web"}}}]
            """);
        world.Create(Kinds.Deployments, target);
        var canary = Manifests.Canary();
        canary["spec"]!["service"]!["portDiscovery"] = true;
        world.Create(TestWorld.Canaries, canary);
        await world.WaitForAsync(Phase.Initialized);

        var primary = world.Get(Kinds.Deployments, "podinfo-primary")!;
        primary["spec"]!["selector"]!["matchLabels"]!.ToJsonString().Should().Be("""{"app":"podinfo","part":"web-primary"}""");
        primary["metadata"]!["labels"]!["example.com/team"]!.ToString().Should().Be("web");
        primary["spec"]!["template"]!["spec"]!["topologySpreadConstraints"]![0]!["labelSelector"]!.ToJsonString()
            .Should().Be("""{"matchLabels":{"part":"web-primary"}}""");
        foreach (var service in new[] { "podinfo", "podinfo-primary", "podinfo-canary" })
            world.Get(Kinds.Services, service)!["spec"]!["ports"]!.AsArray().Select(port => (int)port!["port"]!).Should().Equal(80, 9797);
    }
}
