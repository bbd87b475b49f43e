using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Workloads.Autoscaling;

namespace Rollouts.Controller.Tests;

/// <summary>Targets that an autoscaler scales.</summary>
public class AutoscalerTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task An_HPA_scales_the_primary_by_a_copy_that_follows_it()
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        world.Create(Kinds.HorizontalPodAutoscalers, Manifests.PodAutoscaler());
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary(more: Manifests.ScaledBy(Kinds.HorizontalPodAutoscalers, """ "primaryScalerReplicas": {"maxReplicas": 6} """)));
        await world.WaitForAsync(Phase.Initialized);

        var spec = world.Get(Kinds.HorizontalPodAutoscalers, "podinfo-primary")!["spec"]!;
        (spec["scaleTargetRef"]!["name"]!.ToString(), (int)spec["minReplicas"]!, (int)spec["maxReplicas"]!).Should().Be(("podinfo-primary", 2, 6));

        world.SetImage("podinfo:2");
        await world.WaitForAsync(Phase.Succeeded);
        world.Change(Kinds.HorizontalPodAutoscalers, "podinfo", hpa => hpa["spec"]!["minReplicas"] = 3);
        await world.WaitForAsync(Kinds.HorizontalPodAutoscalers, "podinfo-primary", hpa => (int?)hpa?["spec"]?["minReplicas"] == 3, "at least 3");
    }

    [Fact]
    public async Task A_ScaledObject_is_paused_while_its_target_rests_and_scales_it_in_a_run()
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        world.Create(Keda.ScaledObjects, Manifests.ScaledObject());
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary(more: Manifests.ScaledBy(Keda.ScaledObjects)));
        await world.WaitForAsync(Phase.Initialized);
        Paused(world, "podinfo").Should().Be("0");
        Paused(world, "podinfo-primary").Should().BeNull();

        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");
        Paused(world, "podinfo").Should().BeNull();
        world.Replicas("podinfo").Should().Be(2);

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");
        Paused(world, "podinfo").Should().BeNull();
        world.Get(Keda.ScaledObjects, "podinfo-primary").Should().BeNull();
        world.Replicas("podinfo").Should().Be(2);
    }

    [Fact]
    public async Task A_cluster_without_KEDA_is_not_asked_for_its_kinds_and_is_ready_all_the_same()
    {
        await using var world = await cluster.WorldAsync();
        using var inner = world.Client();
        var client = new CountingClient(inner);
        await world.InitializedAsync(client: client);

        client.Requests.Should().NotContain(request => request.Contains("ScaledObject"));
    }

    private static string? Paused(TestWorld world, string name) =>
        (string?)world.Get(Keda.ScaledObjects, name)!["metadata"]!["annotations"]?["autoscaling.keda.sh/paused-replicas"];
}
