using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

public class RolloutTests
{
    [Fact]
    public async Task A_good_release_goes_through_its_steps_and_is_promoted()
    {
        await using var world = await TestWorld.StartAsync();
        await using var controller = await world.StartControllerAsync();
        world.Cluster.Create(Kinds.Deployments, Manifests.Deployment());
        world.Cluster.Create(TestWorld.Canaries, Manifests.Canary());
        await world.WaitForAsync(Phase.Initialized);
        world.Replicas("podinfo").Should().Be(0);
        world.Replicas("podinfo-primary").Should().Be(2);
        world.Weight().Should().Be(0);

        world.SetImage("podinfo:2");
        var status = await world.WaitForAsync(Phase.Succeeded);

        world.Image("podinfo-primary").Should().Be("podinfo:2");
        world.Replicas("podinfo").Should().Be(0);
        world.Weight().Should().Be(0);
        status.History[0].Outcome.Should().Be(RunOutcome.Promoted);
    }
}
