using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>A run before its first step, and what pods do to it later.</summary>
public class CandidateTests
{
    [Fact]
    public void The_first_weight_comes_when_the_candidate_is_ready_and_the_route_stands()
    {
        var status = Scenes.Progressing(0).Decide().Status;

        status.CanaryWeight.Should().Be(new Weight(20));
        status.StepProgress.Should().Be("1/3");
        status.Run?.Reached.Should().Be(new Split(new Weight(20)));
        status.Message.Should().Be($"Step 1/3 of revision {Versions.V2}: 80/20.");
    }

    // D32: zero wanted pods are not ready pods.
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(2, 1, 2, 1)]
    [InlineData(2, 2, 3, 2)]
    [InlineData(2, 2, 2, 1)]
    public void Pods_that_are_not_all_there_are_waited_for(int wanted, int updated, int total, int available)
    {
        var scene = Scenes.Progressing(0)
            .WithTarget(pods => pods with { Wanted = wanted, Updated = updated, Total = total, Available = available });

        var decision = scene.Decide();

        decision.Status.CanaryWeight.Should().Be(Weight.Zero);
        decision.Status.Message.Should().StartWith("Waiting for the candidate: ");
        decision.LookAgainAt.Should().Be(Scene.Noon.AddSeconds(30), "the progress deadline runs from the start of the run");
    }

    [Fact]
    public void Numbers_that_speak_of_an_older_spec_are_not_believed() =>
        Scenes.Progressing(0).WithTarget(pods => pods with { UpToDate = false }).Decide().Status.CanaryWeight.Should().Be(Weight.Zero);

    [Fact]
    public void A_Service_without_an_address_gets_no_traffic() =>
        Scenes.Progressing(0).WithTarget(pods => pods with { ReadyEndpoints = 0 }).Decide().Status.CanaryWeight.Should().Be(Weight.Zero);

    [Fact]
    public void A_share_of_the_pods_is_enough_where_the_spec_says_so()
    {
        var scene = Scenes.Progressing(0).WithTarget(pods => pods with { Available = 1 });

        (scene with { Analysis = """ "canaryReadyThreshold": 50 """ }).Decide().Status.CanaryWeight.Should().Be(new Weight(20));
        (scene with { Analysis = """ "canaryReadyThreshold": 51 """ }).Decide().Status.CanaryWeight.Should().Be(new Weight(20), "51% of two pods is one pod");
        (scene.WithTarget(pods => pods with { Available = 0 }) with { Analysis = """ "canaryReadyThreshold": 0 """ }).Decide()
            .Status.CanaryWeight.Should().Be(Weight.Zero, "no pods at all never serve");
    }

    [Fact]
    public void A_candidate_that_is_not_ready_by_the_deadline_is_rolled_back_with_a_reason()
    {
        var late = Scenes.Progressing(0).WithTarget(pods => pods with { Available = 1 });

        late.At(29.9).Decide().Status.Phase.Should().Be(Phase.Progressing);
        var failed = late.At(30).Decide().Status;
        failed.Phase.Should().Be(Phase.Failed);
        failed.Message.Should().Be("Rolled back: podinfo was not ready within 1m (progressDeadlineSeconds): 1 of 2 pods are available.");
        failed.Journal[^1].Warning.Should().BeTrue("D8: a missed deadline is told");
    }

    [Fact]
    public void So_is_one_whose_Deployment_gives_up_and_a_ready_one_is_not()
    {
        var scene = Scenes.Progressing(0).WithTarget(pods => pods with { DeadlineExceeded = true });

        scene.WithTarget(pods => pods with { Available = 0 }).Decide().Status.Phase.Should().Be(Phase.Failed);
        scene.Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void A_pod_that_cannot_run_ends_the_run_at_once_with_its_last_words(int weight)
    {
        var scene = Scenes.Progressing(weight)
            .WithTarget(pods => pods with { Failure = new PodFailure("podinfo-x", "CrashLoopBackOff", "no such file") });

        var failed = scene.Decide().Status;

        failed.Phase.Should().Be(Phase.Failed);
        failed.Message.Should().Be("Rolled back: pod podinfo-x is in CrashLoopBackOff: no such file.");
        (scene with { Analysis = """ "abortOnPodFailure": false """ }).Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    [Fact]
    public void A_candidate_that_lost_its_last_endpoint_while_it_takes_traffic_is_rolled_back()
    {
        var status = Scenes.Progressing(20).WithTarget(pods => pods with { ReadyEndpoints = 0 }).Decide().Status;

        status.Phase.Should().Be(Phase.Failed);
        status.Message.Should().Be("Rolled back: podinfo-canary has no ready endpoint left while it takes traffic.");
    }

    [Fact]
    public void A_target_that_was_deleted_in_mid_run_ends_the_run()
    {
        var status = (Scenes.Progressing(20) with { Target = null }).Decide().Status;

        (status.Phase, status.History[0].Outcome).Should().Be((Phase.Failed, RunOutcome.Failed));
    }

    [Fact]
    public void A_candidate_that_is_not_ready_in_mid_run_holds_its_step()
    {
        var scene = Scenes.Progressing(20).At(60).WithTarget(pods => pods with { Available = 1 });

        var decision = scene.Decide();

        decision.Status.Run?.Holds.Should().Be(new Hold(scene.Now, "Waiting for the candidate: 1 of 2 pods of podinfo are available."));
        decision.Status.FailedChecks.Should().Be(0);
        decision.LookAgainAt.Should().Be(scene.Now.AddMinutes(30), "the check that was due has passed and waits for the pods");
    }
}
