using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

public class RolloutTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task Initialising_makes_the_primary_the_services_and_the_route_and_rests_the_target()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();

        world.Replicas("podinfo-primary").Should().Be(2);
        world.Replicas("podinfo").Should().Be(0);
        world.Weight().Should().Be(0);
        world.Selects("podinfo").Should().Be("podinfo-primary");
        world.Selects("podinfo-primary").Should().Be("podinfo-primary");
        world.Selects("podinfo-canary").Should().Be("podinfo");
        world.Get(TestWorld.Canaries, "podinfo")!["metadata"]!["finalizers"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task A_first_image_that_cannot_start_leaves_the_target_as_it_is()
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        var deployment = Manifests.Deployment();
        deployment["spec"]!["template"]!["metadata"]!["annotations"] = new JsonObject { ["fake-kubelet/outcome"] = "crash" };
        world.Create(Kinds.Deployments, deployment);
        world.Create(TestWorld.Canaries, Manifests.Canary());

        var status = await world.WaitAsync(status => status.Message?.Contains("CrashLoopBackOff", StringComparison.Ordinal) == true, "saying why it waits");

        status.Phase.Should().Be(Phase.Initializing);
        world.Replicas("podinfo").Should().Be(2);
        world.Get(TestWorld.VirtualServices, "podinfo").Should().BeNull();

        // A fix is taken up without anybody's help.
        world.SetImage("podinfo:2");
        await world.WaitForAsync(Phase.Initialized);
        world.Image("podinfo-primary").Should().Be("podinfo:2");
    }

    [Fact]
    public async Task A_good_release_goes_through_its_steps_and_is_promoted()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        await using var weights = new WeightRecorder(world);

        world.SetImage("podinfo:2");
        var status = await world.WaitForAsync(Phase.Succeeded);

        weights.Seen.Should().Equal(0, 30, 60, 0);
        world.Image("podinfo-primary").Should().Be("podinfo:2");
        world.Replicas("podinfo").Should().Be(0);
        status.History.Select(run => run.Outcome).Should().Equal(RunOutcome.Promoted, RunOutcome.Initial);
        status.Conditions.Single(condition => condition.Type == Condition.Ready).Status.Should().Be(ConditionStatus.True);
    }

    [Fact]
    public async Task Server_errors_roll_the_release_back_with_value_threshold_window_and_samples_in_the_reason()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        await using var weights = new WeightRecorder(world);
        world.Metrics.SuccessRate = 92.31;

        world.SetImage("podinfo:2");
        var status = await world.WaitForAsync(Phase.Failed);
        await world.WaitForAsync(Kinds.Deployments, "podinfo", target => (int?)target?["spec"]?["replicas"] == 0, "the candidate at rest");

        weights.Seen.Should().Equal(0, 30, 0);
        status.Message.Should().MatchRegex(@"^request-success-rate is 92\.31%, below the minimum of 99% over [0-9]+s \(1,000 requests\); failed check 2 of 2, rolled back\.$");
        status.FailedChecks.Should().Be(2);
        world.Image("podinfo-primary").Should().Be("podinfo:1");
        status.Conditions.Single(condition => condition.Type == Condition.Promoted).Status.Should().Be(ConditionStatus.False);
    }

    [Fact]
    public async Task A_slow_release_is_rolled_back()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Metrics.Duration = 900.5;

        world.SetImage("podinfo:2");
        var status = await world.WaitForAsync(Phase.Failed);

        status.Message.Should().StartWith("request-duration is 900.5 ms, above the maximum of 500 ms over ");
        world.Image("podinfo-primary").Should().Be("podinfo:1");
    }

    [Theory]
    [InlineData("crash", "CrashLoopBackOff")]
    [InlineData("image-pull", "ImagePullBackOff")]
    public async Task A_candidate_that_cannot_run_ends_the_run_at_once_and_says_why(string outcome, string reason)
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        await using var weights = new WeightRecorder(world);

        world.SetImage("podinfo:2", outcome);
        var status = await world.WaitForAsync(Phase.Failed);

        status.Message.Should().Contain(reason);
        weights.Seen.Should().Equal(0);
    }

    [Fact]
    public async Task With_manual_promotion_it_waits_at_the_last_split_until_a_person_promotes_that_revision()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync(Manifests.Ramp + """, "promotion": "manual" """);

        world.SetImage("podinfo:2");
        var waiting = await world.WaitForAsync(Phase.WaitingPromotion);
        waiting.CanaryWeight.Percent.Should().Be(60);
        waiting.Message.Should().Contain($"rollouts.dev/promote={waiting.Run!.Revision}");

        world.Annotate("rollouts.dev/promote", "0123456789 not this one");
        world.Annotate("rollouts.dev/pause", "0123456789 nor this");
        world.Status().Phase.Should().Be(Phase.WaitingPromotion);
        world.Annotate("rollouts.dev/promote", $"{waiting.Run.Revision} looks good");
        var status = await world.WaitForAsync(Phase.Succeeded);

        status.LastControls["promote"].Should().Be($"{waiting.Run.Revision} looks good");
        status.Journal.Should().Contain(entry => entry.Message.Contains("looks good", StringComparison.Ordinal));
        world.Image("podinfo-primary").Should().Be("podinfo:2");
    }

    [Fact]
    public async Task An_abort_by_annotation_moves_traffic_back_and_a_retry_starts_again()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        var running = await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");

        world.Annotate("rollouts.dev/abort", "* smells wrong");
        var failed = await world.WaitForAsync(Phase.Failed);
        failed.History[0].Outcome.Should().Be(RunOutcome.Aborted);
        failed.Message.Should().Contain("smells wrong");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 0, "everything on the primary");

        world.Metrics.SuccessRate = 100;
        world.Annotate("rollouts.dev/retry", $"{running.Run!.Revision} once more");
        var status = await world.WaitForAsync(Phase.Succeeded);
        status.History.Select(run => run.Outcome).Should().Equal(RunOutcome.Promoted, RunOutcome.Aborted, RunOutcome.Initial);
    }

    [Fact]
    public async Task A_paused_run_holds_its_split_and_goes_on_when_resumed()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");
        world.Annotate("rollouts.dev/pause", "* lunch");
        await world.WaitAsync(status => status.Run?.Paused is not null, "paused");

        world.Metrics.SuccessRate = 100;
        var held = await world.WaitAsync(
            status => status.Run?.Verdicts.Count == 2 && status.Run.Verdicts.All(verdict => verdict.Verdict == Verdict.Pass), "checks that pass while paused");
        held.CanaryWeight.Percent.Should().Be(30);
        held.Run!.Paused!.Reason.Should().Be("lunch");

        world.Annotate("rollouts.dev/resume", "* back");
        await world.WaitForAsync(Phase.Succeeded);
    }

    [Fact]
    public async Task An_outage_of_Prometheus_holds_the_run_and_counts_no_failure()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Metrics.Down = true;
        world.SetImage("podinfo:2");

        var held = await world.WaitAsync(status => status.Run?.Holds is not null, "holding");
        held.FailedChecks.Should().Be(0);
        held.Message.Should().Contain("could not be measured");

        world.Metrics.Down = false;
        var status = await world.WaitForAsync(Phase.Succeeded);
        status.FailedChecks.Should().Be(0);
    }

    [Fact]
    public async Task A_newer_revision_in_mid_run_takes_the_traffic_back_and_starts_from_the_first_step()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        await using var weights = new WeightRecorder(world);
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 30, "the route at 30");

        world.SetImage("podinfo:3");
        await world.WaitAsync(status => status.Run?.Id == "2", "a second run");
        world.Metrics.SuccessRate = 100;
        var status = await world.WaitForAsync(Phase.Succeeded);

        weights.Seen.Should().Equal(0, 30, 0, 30, 60, 0);
        world.Image("podinfo-primary").Should().Be("podinfo:3");
        status.History.Select(run => run.Outcome).Should().Equal(RunOutcome.Promoted, RunOutcome.Superseded, RunOutcome.Initial);
    }

    [Fact]
    public async Task Setting_the_promoted_template_back_in_mid_run_ends_the_run_with_traffic_on_the_primary()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");

        world.SetImage("podinfo:1");
        var status = await world.WaitForAsync(Phase.Succeeded);

        status.History.Select(run => run.Outcome).Should().Equal(RunOutcome.Reverted, RunOutcome.Initial);
        world.Weight().Should().Be(0);
        world.Image("podinfo-primary").Should().Be("podinfo:1");
        world.Replicas("podinfo").Should().Be(0);
    }

    [Fact]
    public async Task What_the_target_holds_at_promotion_is_not_what_is_promoted_but_what_was_analysed()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync(Manifests.Ramp + """, "promotion": "manual" """);
        world.SetImage("podinfo:2");
        var waiting = await world.WaitForAsync(Phase.WaitingPromotion);
        world.Annotate("rollouts.dev/promote", waiting.Run!.Revision);
        await world.WaitForAsync(Phase.Promoting);
        world.SetImage("podinfo:3");

        var first = await world.WaitAsync(status => status.History.Any(run => run.Outcome == RunOutcome.Promoted), "the first promotion");

        first.StableRevision.Should().Be(waiting.Run.Revision);
        world.Image("podinfo-primary").Should().Be("podinfo:2");
        await world.WaitAsync(status => status.Run?.Id == "2", "the run of the newer revision");
    }
}
