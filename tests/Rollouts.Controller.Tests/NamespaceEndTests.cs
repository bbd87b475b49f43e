using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

/// <summary>
/// A namespace is deleted under a controller of all namespaces. In it nothing can be made any more, and what a Canary would hand back, or
/// hand back to, may be gone before its finalizer is looked at.
/// </summary>
public class NamespaceEndTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private static readonly ResourceType Namespaces = new("", "v1", "namespaces", "Namespace", Namespaced: false);

    [Theory]
    [InlineData("restore", "while it is initialised")]
    [InlineData("restore", "in mid-run")]
    [InlineData("orphan", "in mid-run")]
    [InlineData("restore", "while it hands back")]
    public async Task A_namespace_that_is_deleted_goes_with_its_Canary_and_one_in_another_is_released_as_before(string policy, string when)
    {
        await using var world = await cluster.WorldAsync();
        await using var other = await cluster.WorldAsync();
        world.Metrics.SuccessRate = null;
        await using var controller = await world.StartControllerAsync(options: options => options with { Namespace = null });
        await BeginAsync(other, "restore");
        await RunAsync(other);
        await BeginAsync(world, policy, initialise: when != "while it is initialised");
        if (when == "in mid-run")
            await RunAsync(world);
        var (route, serving) = (other.Get(TestWorld.VirtualServices, "podinfo"), other.Get(Kinds.Deployments, "podinfo-primary"));
        using var client = world.Client();

        if (when == "while it hands back")
        {
            world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
            await world.WaitAsync(status => status.Phase == Phase.Terminating, "phase Terminating");
        }
        (await client.DeleteAsync(Namespaces, new ResourceKey("", world.Namespace), null, CancellationToken.None)).Should().BeTrue();
        await world.GoneAsync();

        other.Get(TestWorld.VirtualServices, "podinfo")!.ToJsonString().Should().Be(route!.ToJsonString());
        other.Get(Kinds.Deployments, "podinfo-primary")!.ToJsonString().Should().Be(serving!.ToJsonString());
        world.Metrics.SuccessRate = 100;
        await other.WaitForAsync(Phase.Succeeded);
        other.Image("podinfo-primary").Should().Be("podinfo:2");
        await ForgottenAsync(controller, world.Namespace);
        other.Api.Delete(Kinds.Namespaces, null, other.Namespace);
        await other.GoneAsync();
    }

    /// <summary>A finalizer of somebody else's keeps the target, whose pods are gone and never come back.</summary>
    [Fact]
    public async Task A_Canary_does_not_wait_for_a_target_that_is_being_deleted()
    {
        await using var world = await cluster.WorldAsync();
        await using var controller = await world.StartControllerAsync(options: options => options with { Namespace = null });
        await BeginAsync(world, "restore");
        world.Change(Kinds.Deployments, "podinfo", target => target["metadata"]!["finalizers"] = new JsonArray("example.com/hold"));

        world.Api.Delete(Kinds.Namespaces, null, world.Namespace);
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");

        world.Get(Kinds.Deployments, "podinfo").Should().NotBeNull();
        world.Change(Kinds.Deployments, "podinfo", target => target["metadata"]!.AsObject().Remove("finalizers"));
        await world.GoneAsync();
        await ForgottenAsync(controller, world.Namespace);
    }

    private static async Task BeginAsync(TestWorld world, string policy, bool initialise = true)
    {
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary(more: $""" "deletionPolicy": "{policy}" """));
        await world.WaitForAsync(initialise ? Phase.Initialized : Phase.Initializing);
    }

    private static async Task RunAsync(TestWorld world)
    {
        world.SetImage("podinfo:2");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 30, "the route at 30");
    }

    /// <summary>Until no series speaks of the namespace and no key waits for another attempt.</summary>
    private static async Task ForgottenAsync(ControllerHost controller, string ns)
    {
        using var http = new HttpClient { BaseAddress = controller.Url };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string metrics;
        do
            metrics = await http.GetStringAsync("/metrics", limit.Token);
        while (metrics.Contains($"namespace=\"{ns}\"", StringComparison.Ordinal) || !metrics.Contains("rollouts_queue_waiting 0\n", StringComparison.Ordinal));
    }
}
