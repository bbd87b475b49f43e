using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

/// <summary>A DaemonSet is released as a Deployment is; that it has no replicas is all that is different.</summary>
public class DaemonSetTargetTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string Rest = "rollouts.dev/scale-to-zero";

    [Fact]
    public async Task A_daemonset_is_promoted_and_rests_by_a_label_that_no_node_has()
    {
        await using var world = await InitializedAsync();
        Nodes(world, "podinfo").Should().Contain(Rest);
        await world.WaitForAsync(Kinds.DaemonSets, "podinfo", set => Count(set, "desiredNumberScheduled") == 0 && Count(set, "numberMisscheduled") == 0, "no pod of the target");

        world.SetImage("podinfo:2", kind: Kinds.DaemonSets);
        var status = await world.WaitForAsync(Phase.Succeeded);

        status.History.Select(run => run.Outcome).Should().Equal(RunOutcome.Promoted, RunOutcome.Initial);
        Image(world, "podinfo-primary").Should().Be("podinfo:2");
        Nodes(world, "podinfo-primary").Should().BeNull();
        world.Get(Kinds.DaemonSets, "podinfo-primary")!["spec"]!["updateStrategy"]!["type"]!.ToString().Should().Be("RollingUpdate");
        Nodes(world, "podinfo").Should().Contain(Rest);
        world.Selects("podinfo").Should().Be("podinfo-primary");
    }

    [Fact]
    public async Task A_daemonset_whose_pods_crash_is_rolled_back_and_rests_again()
    {
        await using var world = await InitializedAsync();

        world.SetImage("podinfo:2", "crash", Kinds.DaemonSets);
        var status = await world.WaitForAsync(Phase.Failed);
        await world.WaitForAsync(Kinds.DaemonSets, "podinfo", set => Nodes(set)?.Contains(Rest) == true, "at rest");

        status.Message.Should().Contain("CrashLoopBackOff");
        Image(world, "podinfo-primary").Should().Be("podinfo:1");
    }

    [Fact]
    public async Task A_daemonset_that_flagger_left_at_rest_has_the_revision_that_it_has_without_that()
    {
        await using var world = await InitializedAsync();
        var stable = world.Status().StableRevision;
        world.Change(Kinds.DaemonSets, "podinfo", set => set["spec"]!["template"]!["spec"]!["nodeSelector"] = new JsonObject { ["flagger.app/scale-to-zero"] = "true" });
        world.SetImage("podinfo:2", kind: Kinds.DaemonSets);
        await world.WaitForAsync(Phase.Succeeded);

        world.SetImage("podinfo:1", kind: Kinds.DaemonSets);
        var status = await world.WaitAsync(status => status.Phase == Phase.Succeeded && status.History.Count == 3, "a second release");

        status.StableRevision.Should().Be(stable);
        Image(world, "podinfo-primary").Should().Be("podinfo:1");
    }

    [Fact]
    public async Task Deleting_the_canary_lets_the_daemonset_run_on_every_node_before_its_primary_goes()
    {
        await using var world = await InitializedAsync();

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");

        Nodes(world, "podinfo").Should().BeNull();
        Count(world.Get(Kinds.DaemonSets, "podinfo"), "numberAvailable").Should().BePositive();
        world.Get(Kinds.DaemonSets, "podinfo-primary").Should().BeNull();
        world.Selects("podinfo").Should().Be("podinfo");
    }

    [Fact]
    public async Task A_canary_deleted_in_mid_run_gives_the_daemonset_the_proven_template_and_lets_it_run()
    {
        await using var world = await InitializedAsync();
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2", kind: Kinds.DaemonSets);
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");

        Image(world, "podinfo").Should().Be("podinfo:1");
        Nodes(world, "podinfo").Should().BeNull();
    }

    [Fact]
    public async Task A_daemonset_that_updates_only_on_deletion_is_refused_with_the_mend()
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        var set = Manifests.DaemonSet();
        set["spec"]!["updateStrategy"] = new JsonObject { ["type"] = "OnDelete" };
        world.Create(Kinds.DaemonSets, set);
        world.Create(TestWorld.Canaries, Manifests.CanaryOf(Kinds.DaemonSets));

        var status = await world.WaitAsync(status => status.Message?.Contains("spec.updateStrategy.type to RollingUpdate") == true, "the refusal");
        status.Conditions.Single(condition => condition.Type == Condition.Stalled).Reason.Should().Be("TargetUnfit");
        world.Get(Kinds.DaemonSets, "podinfo-primary").Should().BeNull();

        world.Change(Kinds.DaemonSets, "podinfo", live => live["spec"]!["updateStrategy"]!["type"] = "RollingUpdate");
        await world.WaitForAsync(Phase.Initialized);
    }

    private async Task<TestWorld> InitializedAsync()
    {
        var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        world.Create(Kinds.DaemonSets, Manifests.DaemonSet());
        world.Create(TestWorld.Canaries, Manifests.CanaryOf(Kinds.DaemonSets));
        await world.WaitForAsync(Phase.Initialized);
        return world;
    }

    private static string? Nodes(TestWorld world, string name) => Nodes(world.Get(Kinds.DaemonSets, name));

    private static string? Nodes(JsonObject? set) => set?["spec"]?["template"]?["spec"]?["nodeSelector"]?.ToJsonString();

    private static string Image(TestWorld world, string name) =>
        world.Get(Kinds.DaemonSets, name)!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.ToString();

    private static int? Count(JsonObject? set, string field) => (int?)set?["status"]?[field];
}
