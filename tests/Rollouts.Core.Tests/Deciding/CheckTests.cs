using Rollouts.Core.Deciding;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>A step: when its checks are due and what their verdicts do. The interval is ten seconds, the route is there since noon.</summary>
public class CheckTests
{
    [Fact]
    public void The_first_check_of_a_step_is_due_one_interval_after_the_route_was_seen()
    {
        Needs.Metrics(Scenes.Progressing().At(9.9).Seen()).Should().BeEmpty();
        Needs.Metrics(Scenes.Progressing().At(10).Seen()).Should().HaveCount(2);
        Scenes.Progressing().RouteAt(20, sinceSecondsPastNoon: 4).At(5).Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(14));
    }

    [Fact]
    public void While_the_route_is_elsewhere_nothing_is_measured_and_no_clock_runs()
    {
        var scene = Scenes.Progressing(40).RouteAt(20).At(1000);

        Needs.Metrics(scene.Seen()).Should().BeEmpty();
        var decision = scene.Decide();
        decision.LookAgainAt.Should().Be(Scene.Noon.AddMinutes(30), "maxHold ends it");
        decision.Status.Message.Should().Be("Waiting for the route of podinfo to share 60/40.");
        decision.Status.Run.Should().Be(scene.Status.Run);
    }

    [Fact]
    public void Before_the_first_step_nothing_is_measured() => Needs.Metrics(Scenes.Progressing(0).At(1000).Seen()).Should().BeEmpty();

    [Fact]
    public void Nothing_is_measured_outside_a_run()
    {
        Needs.Metrics(Scenes.Resting().At(1000).Seen()).Should().BeEmpty();
        Needs.Metrics(Scenes.Promoting().At(1000).Seen()).Should().BeEmpty();
        Needs.Metrics(Scenes.Failed().At(1000).Seen()).Should().BeEmpty();
    }

    [Fact]
    public void A_step_that_passes_is_followed_by_the_next_weight()
    {
        var status = Scenes.Progressing().At(10).Measured().Decide().Status;

        (status.Run?.Step, status.CanaryWeight, status.FailedChecks).Should().Be((2, new Weight(40), 0));
        status.Run?.StepStartedAt.Should().Be(Scene.Noon.AddSeconds(10));
        status.Run?.Verdicts.Should().HaveCount(2).And.OnlyContain(verdict => verdict.Verdict == Verdict.Pass);
        status.Journal[^1].Reason.Should().Be("StepAdvanced");
    }

    [Fact]
    public void The_last_step_that_passes_is_followed_by_promotion()
    {
        var status = Scenes.Progressing(60).At(10).Measured().Decide().Status;

        (status.Phase, status.CanaryWeight).Should().Be((Phase.Promoting, new Weight(60)));
    }

    [Fact]
    public void Answers_that_are_under_way_are_waited_for_with_patience()
    {
        var decision = Scenes.Progressing().At(12).Decide();

        decision.Status.CanaryWeight.Should().Be(new Weight(20));
        decision.LookAgainAt.Should().Be(Scene.Noon.AddSeconds(22));
    }

    [Fact]
    public void Answers_that_come_before_the_check_is_due_are_not_judged() =>
        Scenes.Progressing().At(9).Measured(success: 0).Decide().Status.FailedChecks.Should().Be(0);

    [Fact]
    public void A_failed_check_is_counted_and_the_step_is_kept()
    {
        var decision = Scenes.Progressing().At(10).Measured(success: 98.5).Decide();

        (decision.Status.Phase, decision.Status.FailedChecks, decision.Status.CanaryWeight).Should().Be((Phase.Progressing, 1, new Weight(20)));
        decision.Status.Message.Should().Be(
            "request-success-rate is 98.5%, below the minimum of 99% over 1m (1,000 requests); failed check 1 of 3.");
        decision.Status.Journal[^1].Warning.Should().BeTrue();
        decision.LookAgainAt.Should().Be(Scene.Noon.AddSeconds(20));
    }

    [Fact]
    public void The_threshold_counts_failed_checks_over_the_whole_run()
    {
        var once = Scenes.Progressing().At(10).Measured(success: 98).After();
        var passed = once.At(20).Measured().After();
        passed.Status.FailedChecks.Should().Be(1, "a passed step forgives nothing");
        var twice = passed.RouteAt(40, sinceSecondsPastNoon: 20).At(30).Measured(duration: 501).After();

        var status = twice.At(40).Measured(success: 98).Decide().Status;

        (status.Phase, status.FailedChecks, status.CanaryWeight).Should().Be((Phase.Failed, 3, Weight.Zero));
        status.Message.Should().EndWith("failed check 3 of 3, rolled back.");
        status.History.Should().ContainSingle().Which.Should().Match<RunRecord>(run =>
            run.Outcome == RunOutcome.Failed && run.Split == new Split(new Weight(40)) && run.Reason == status.Message);
    }

    [Fact]
    public void Two_failing_metrics_are_one_failed_check() =>
        Scenes.Progressing().At(10).Measured(success: 0, duration: 9000).Decide().Status.FailedChecks.Should().Be(1);

    [Fact]
    public void After_a_failed_check_the_next_comes_one_interval_later()
    {
        var failed = Scenes.Progressing().At(13).Measured(success: 98).After();

        Needs.Metrics(failed.At(22.9).Seen()).Should().BeEmpty();
        Needs.Metrics(failed.At(23).Seen()).Should().HaveCount(2);
    }

    [Fact]
    public void Losing_the_memory_of_the_route_gives_the_step_its_whole_interval_again_and_nothing_more()
    {
        var restarted = Scenes.Progressing().RouteAt(20, sinceSecondsPastNoon: 9).At(9);

        restarted.Decide().Status.CanaryWeight.Should().Be(new Weight(20));
        restarted.Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(19));
    }

    [Fact]
    public void What_is_only_observed_has_no_say()
    {
        var observed = Scenes.Progressing() with
        {
            Metrics = """
                [{"name": "request-success-rate", "thresholdRange": {"min": 99}, "mode": "observe"},
                 {"name": "request-duration", "thresholdRange": {"max": 500}}]
                """,
        };

        var status = observed.At(10).Measured(success: 0).Decide().Status;

        (status.FailedChecks, status.CanaryWeight).Should().Be((0, new Weight(40)));
        status.Run?.Verdicts[0].Verdict.Should().Be(Verdict.Fail, "it is shown all the same");
    }

    [Fact]
    public void Without_metrics_a_step_takes_one_interval()
    {
        var scene = Scenes.Progressing() with { Metrics = "[]" };

        scene.At(9).Decide().Status.CanaryWeight.Should().Be(new Weight(20));
        scene.At(10).Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    // D7: Flagger jumps to 100 when the present weight is not in the edited list.
    [Theory]
    [InlineData("""[5, 15, 30]""", 30)]
    [InlineData("""[20, 25]""", 25)]
    [InlineData("""[1, 2, 3, 100]""", 100)]
    public void A_program_that_was_edited_in_mid_run_goes_on_above_the_present_weight(string weights, int next)
    {
        var edited = Scenes.Progressing() with { Steps = $""" "stepWeights": {weights} """ };

        edited.At(10).Measured().Decide().Status.CanaryWeight.Should().Be(new Weight(next));
    }

    [Fact]
    public void Once_the_route_is_there_the_wait_for_it_is_no_longer_told()
    {
        var waited = Scenes.Progressing().RouteAt(0).After();
        waited.Status.Message.Should().StartWith("Waiting for the route");

        waited.RouteAt(20).Decide().Status.Message.Should().Be($"Step 1/3 of revision {Versions.V2}: 80/20.");
    }

    [Fact]
    public void A_failed_check_is_told_until_the_next_one()
    {
        var failed = Scenes.Progressing().At(10).Measured(success: 98.5).After();

        failed.At(15).Decide().Status.Message.Should().Be(failed.Status.Message);
    }
}
