using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

/// <summary>A Service that is itself the target: a release is a change of whom it selects, and the pods are somebody else's.</summary>
public class ServiceTargetTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task A_service_is_released_by_copies_of_it_and_stays_as_its_owner_wrote_it()
    {
        await using var world = await InitializedAsync();
        world.Metrics.SuccessRate = null;

        Turn(world, "green");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 30, "the route at 30");
        (Colour(world, "podinfo-primary"), Colour(world, "podinfo-canary")).Should().Be(("blue", "green"));
        world.Metrics.SuccessRate = 100;
        var status = await world.WaitForAsync(Phase.Succeeded);

        status.History.Select(run => run.Outcome).Should().Equal(RunOutcome.Promoted, RunOutcome.Initial);
        (Colour(world, "podinfo-primary"), Colour(world, "podinfo-canary"), Colour(world, "podinfo")).Should().Be(("green", "green", "green"));
        world.Get(Kinds.Services, "podinfo")!["metadata"]!["labels"].Should().BeNull();
        world.Weight().Should().Be(0);
    }

    [Fact]
    public async Task A_failing_service_is_rolled_back_and_its_copy_selects_what_was_promoted()
    {
        await using var world = await InitializedAsync();
        world.Metrics.SuccessRate = 50;

        Turn(world, "green");
        await world.WaitForAsync(Phase.Failed);
        await world.WaitForAsync(Kinds.Services, "podinfo-canary", service => Colour(service) == "blue", "the copy turned back");

        (Colour(world, "podinfo-primary"), Colour(world, "podinfo")).Should().Be(("blue", "green"));
        world.Weight().Should().Be(0);
    }

    [Fact]
    public async Task A_service_without_ready_pods_gets_no_traffic()
    {
        await using var world = await InitializedAsync(more: """ "progressDeadlineSeconds": 5 """);

        Turn(world, "purple");
        var status = await world.WaitForAsync(Phase.Failed);

        status.Message.Should().Contain("its Service has no ready endpoint");
        status.History[0].Split.Candidate.Percent.Should().Be(0);
    }

    [Fact]
    public async Task A_newer_change_of_the_service_in_mid_run_takes_the_traffic_back_before_its_copy_is_turned()
    {
        await using var world = await InitializedAsync();
        world.Metrics.SuccessRate = null;
        Turn(world, "green");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 30, "the route at 30");

        world.Create(Kinds.Deployments, Manifests.Coloured("red"));
        Turn(world, "red");
        var turned = await world.WaitForAsync(Kinds.Services, "podinfo-canary", service => Colour(service) == "red", "the copy turned to the newest");
        world.Metrics.SuccessRate = 100;
        var status = await world.WaitForAsync(Phase.Succeeded);

        Colour(turned).Should().Be("red");
        status.History.Select(run => run.Outcome).Should().Equal(RunOutcome.Promoted, RunOutcome.Superseded, RunOutcome.Initial);
        Colour(world, "podinfo-primary").Should().Be("red");
    }

    [Fact]
    public async Task Deleting_the_canary_gives_the_service_back_whom_it_selected_when_it_was_last_promoted()
    {
        await using var world = await InitializedAsync();
        world.Metrics.SuccessRate = null;
        Turn(world, "green");
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");

        Colour(world, "podinfo").Should().Be("blue");
        world.Get(Kinds.Services, "podinfo-primary").Should().BeNull();
        world.Get(Kinds.Services, "podinfo-canary").Should().BeNull();
        world.Get(TestWorld.VirtualServices, "podinfo")!["spec"]!["http"]![0]!["route"]!.ToJsonString()
            .Should().Be("""[{"destination":{"host":"podinfo"}}]""");
    }

    [Fact]
    public async Task Going_back_gives_the_service_whom_it_selected_at_that_revision()
    {
        await using var world = await InitializedAsync();
        var blue = world.Status().StableRevision;
        Turn(world, "green");
        await world.WaitForAsync(Phase.Succeeded);

        world.Annotate("rollouts.dev/rollback", $"{blue}");
        var status = await world.WaitAsync(status => status.Phase == Phase.Succeeded && status.History.Count == 3, "gone back");

        status.StableRevision.Should().Be(blue);
        (Colour(world, "podinfo"), Colour(world, "podinfo-primary")).Should().Be(("blue", "blue"));
    }

    [Theory]
    [InlineData("""{"type": "ExternalName", "externalName": "example.test"}""")]
    [InlineData("""{"ports": [{"port": 80}]}""")]
    public async Task A_service_that_selects_nobody_is_refused_with_the_mend(string spec)
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        var service = Manifests.Service("blue");
        service["spec"] = JsonNode.Parse(spec);
        world.Create(Kinds.Services, service);
        world.Create(TestWorld.Canaries, Manifests.CanaryOf(Kinds.Services));

        await world.WaitAsync(status => status.Message?.Contains("give it a spec.selector") == true, "the refusal");
        world.Get(Kinds.Services, "podinfo-primary").Should().BeNull();
    }

    private async Task<TestWorld> InitializedAsync(string more = "")
    {
        var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        world.Create(Kinds.Deployments, Manifests.Coloured("blue"));
        world.Create(Kinds.Deployments, Manifests.Coloured("green"));
        world.Create(Kinds.Services, Manifests.Service("blue"));
        var canary = Manifests.CanaryOf(Kinds.Services);
        foreach (var (name, value) in JsonNode.Parse($$"""{{{more}}}""")!.AsObject())
            canary["spec"]![name] = value?.DeepClone();
        world.Create(TestWorld.Canaries, canary);
        await world.WaitForAsync(Phase.Initialized);
        return world;
    }

    private static void Turn(TestWorld world, string colour) =>
        world.Change(Kinds.Services, "podinfo", service => service["spec"]!["selector"]!["colour"] = colour);

    private static string? Colour(TestWorld world, string service) => Colour(world.Get(Kinds.Services, service));

    private static string? Colour(JsonObject? service) => service?["spec"]?["selector"]?["colour"]?.ToString();
}
