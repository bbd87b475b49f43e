using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>No wait is forgotten, and none ends for a reason that is not its own.</summary>
public class EndlessWaitTests
{
    // D5: drift is put right at the present split, and is no reason to end the run.
    [Fact]
    public void A_route_that_was_moved_after_an_hour_at_a_step_does_not_end_the_run()
    {
        var drifted = Scenes.Progressing().RouteAt(0, sinceSecondsPastNoon: 3600);

        drifted.At(3601).Decide().Status.CanaryWeight.Should().Be(new Weight(20));
        drifted.At(3600 + (30 * 60)).Decide().Status.Phase.Should().Be(Phase.Failed, "one that cannot be put right does");
    }

    [Fact]
    public void A_route_that_never_comes_pauses_the_run_where_the_spec_says_so()
    {
        var waiting = Scenes.Progressing().RouteAt(0) with { Analysis = """ "maxHold": "25s", "onHoldTimeout": "pause" """ };

        waiting.At(25).Decide().Status.Run?.Paused?.By.Should().Be("analysis.maxHold");
    }

    [Fact]
    public void A_pause_step_needs_no_data_and_a_new_leader_does_not_begin_it_again()
    {
        var pausing = Scenes.Progressing() with { Steps = """ "steps": [{"setWeight": 20}, {"pause": {"duration": "1h"}}, {"setWeight": 40}] """ };
        pausing = pausing.WithRun(run => run with { Step = 2, StepProgram = ["setWeight: 20", "pause: 1h", "setWeight: 40"] });

        var unmeasured = pausing.At(10).Unmeasured().After();
        unmeasured.Status.Run?.Holds.Should().BeNull();
        unmeasured.At(2400).Unmeasured().Decide().Status.Phase.Should().Be(Phase.Progressing);
        pausing.RouteAt(20, sinceSecondsPastNoon: 3590).At(3600).Measured().Decide().Status.CanaryWeight.Should().Be(new Weight(40));
        unmeasured.At(3600).Unmeasured().Decide().Status.Run?.Holds.Should().NotBeNull("nothing goes on without evidence");
    }

    [Fact]
    public void An_analysis_that_wants_requests_which_nothing_counts_does_not_hold_for_ever()
    {
        var scene = Scenes.Progressing() with { Steps = """ "steps": [{"setWeight": 20}, {"analyze": {"minRequests": 5}}] """ };
        var held = scene.WithRun(run => run with { Step = 2, StepProgram = ["setWeight: 20", "analyze: 5 requests"] }).At(10).Measured(samples: null).After();

        held.Status.Run?.Holds?.Since.Should().Be(Scene.Noon.AddSeconds(10));
        held.At(10 + (30 * 60)).Measured(samples: null).Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    [Fact]
    public void A_hold_whose_numbers_change_is_told_once()
    {
        var few = Scenes.Progressing() with { Metrics = """[{"name": "request-success-rate", "thresholdRange": {"min": 99}, "minSamples": 5000}]""" };
        var held = (few.At(10) with { Measurements = [new("request-success-rate", 100, 7, null)] }).After();

        var still = (held.At(20) with { Measurements = [new("request-success-rate", 100, 1012, null)] }).Decide().Status;

        still.Message.Should().Contain("1,012 requests");
        still.Journal.Where(entry => entry.Reason == "Holding").Should().HaveCount(1);
    }

    [Fact]
    public void A_closed_window_holds_unready_pods_without_a_clock_and_wakes_the_run_when_it_opens()
    {
        var closed = Scenes.Progressing().At(20).WithTarget(pods => pods with { Available = 1 }) with
        {
            Spec = """ "schedule": {"timeZone": "UTC", "windows": ["* 13 * * *"]} """,
        };

        closed.Decide().LookAgainAt.Should().Be(Scene.Noon.AddHours(1));
        closed.Decide().Status.Run?.Holds.Should().BeNull();
        closed.Asked(ControlKind.Abort, "*").Decide().Status.Phase.Should().Be(Phase.Failed, "an abort needs no window");
        closed.WithTarget(pods => pods with { Available = 2 }).Measured(success: 1).Decide().Status.FailedChecks.Should().Be(1);
    }

    [Fact]
    public void A_waiting_promotion_whose_pods_stay_unready_ends()
    {
        var unready = Scenes.WaitingPromotion().WithTarget(pods => pods with { Available = 1 }).At(1).After();

        unready.At(30 * 60).Decide().Status.Phase.Should().Be(Phase.WaitingPromotion);
        unready.At(1 + (30 * 60)).Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    [Fact]
    public void A_target_that_never_takes_the_earlier_template_fails_the_way_back()
    {
        var back = (Scenes.Failed() with { Snapshots = Scenes.Kept("1", "2", "3") }).Asked(ControlKind.Rollback, Versions.V3).After();
        (back.Status.Phase, back.Status.Run?.RestoredFrom, back.Status.Run?.Proven).Should().Be((Phase.Progressing, Versions.V2, false));

        back.Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(60));
        var failed = back.At(60).Decide().Status;
        (failed.Phase, failed.LastAppliedSpec).Should().Be((Phase.Failed, Versions.V2));
    }

    [Theory]
    [InlineData("0123456789", "RollbackUnknown")]
    [InlineData("*", "RollbackUnknown")]
    [InlineData("this", "RollbackNeedless")]
    public void A_wish_to_go_back_that_leads_nowhere_does_not_end_the_run(string revision, string reason)
    {
        var status = Scenes.Progressing().At(1).Asked(ControlKind.Rollback, revision == "this" ? Versions.V2 : revision).Decide().Status;

        (status.Phase, status.CanaryWeight, status.Journal[^1].Reason).Should().Be((Phase.Progressing, new Weight(20), reason));
        status.LastControls.Should().ContainKey("rollback");
    }

    [Fact]
    public void A_wish_to_go_back_to_a_kept_revision_ends_it_at_once() =>
        Scenes.Progressing().At(1).Asked(ControlKind.Rollback, Versions.V1).Decide().Status.Phase.Should().Be(Phase.Failed);

    // D4: Flagger stays in Promoting where the route has no share for the candidate any more.
    [Fact]
    public void A_push_while_traffic_comes_back_in_steps_brings_the_rest_back_at_once()
    {
        var shifting = (Scenes.Promoting() with { Primary = Versions.Ready(Versions.V2), Analysis = """ "stepWeightPromotion": 20 """ }).After();
        (shifting.Status.Phase, shifting.Status.CanaryWeight).Should().Be((Phase.Promoting, new Weight(40)));

        shifting.RouteAt(40).Push("3").Decide().Status.Phase.Should().Be(Phase.Finalising);
        (shifting with { Analysis = """ "maxHold": "30m" """ }).Decide().Status.Phase.Should().Be(Phase.Finalising, "the spec was edited");
    }
}
