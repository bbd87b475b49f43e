using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>What neither passes nor fails holds the step, and not for ever.</summary>
public class HoldingTests
{
    [Fact]
    public void An_outage_of_Prometheus_holds_and_counts_nothing()
    {
        var decision = Scenes.Progressing().At(10).Unmeasured().Decide();

        var status = decision.Status;
        (status.Phase, status.FailedChecks, status.CanaryWeight).Should().Be((Phase.Progressing, 0, new Weight(20)));
        status.Message.Should().Be(
            "Holding, neither passed nor failed: request-success-rate could not be measured: no answer within 10s.");
        status.Run?.Holds.Should().NotBeNull();
        status.Journal[^1].Reason.Should().Be("Holding");
        decision.LookAgainAt.Should().Be(Scene.Noon.AddSeconds(20));
    }

    [Fact]
    public void A_hold_is_told_once_and_ends_with_data()
    {
        var held = Scenes.Progressing().At(10).Unmeasured().After().At(20).Unmeasured().After();
        held.Status.Journal.Where(entry => entry.Reason == "Holding").Should().HaveCount(1);

        held.At(30).Measured().Decide().Status.Run.Should().Match<RunStatus>(run => run.Holds == null && run.Split == new Split(new Weight(40)));
    }

    [Fact]
    public void One_failed_metric_beside_one_without_data_is_a_failed_check() =>
        Scenes.Progressing().At(10).Measured(success: 90, duration: null).Decide().Status.FailedChecks.Should().Be(1);

    [Theory]
    [InlineData("hold", 0, 20)]
    [InlineData("fail", 1, 20)]
    [InlineData("pass", 0, 40)]
    public void No_data_does_what_the_metric_says(string noData, int failed, int weight)
    {
        var scene = Scenes.Progressing() with
        {
            Metrics = $$"""[{"name": "request-success-rate", "thresholdRange": {"min": 99}, "noData": "{{noData}}"}]""",
            Measurements = [new("request-success-rate", null, 0, null)],
        };

        var status = scene.At(10).Decide().Status;

        (status.FailedChecks, status.CanaryWeight).Should().Be((failed, new Weight(weight)));
    }

    [Theory]
    [InlineData(49, 20, 0)]
    [InlineData(50, 20, 1)]
    public void Too_few_requests_say_nothing_however_bad(double samples, int weight, int failed)
    {
        var scene = Scenes.Progressing() with
        {
            Metrics = """[{"name": "request-success-rate", "thresholdRange": {"min": 99}, "minSamples": 50}]""",
            Measurements = [new("request-success-rate", 0, samples, null)],
        };

        var status = scene.At(10).Decide().Status;

        (status.FailedChecks, status.CanaryWeight).Should().Be((failed, new Weight(weight)));
    }

    [Fact]
    public void A_hold_that_lasts_too_long_rolls_back_with_its_reason()
    {
        var held = Scenes.Progressing() with { Analysis = """ "maxHold": "25s" """ };
        held = held.At(10).Unmeasured().After();

        held.At(30).Unmeasured().Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(35), "the end of the hold comes before the next check");
        var status = held.At(35).Unmeasured().Decide().Status;
        (status.Phase, status.FailedChecks).Should().Be((Phase.Failed, 0));
        status.Message.Should().EndWith("no answer within 10s; rolled back after 25s (analysis.maxHold).");
    }

    [Fact]
    public void Or_pauses_where_the_spec_says_so_and_goes_on_when_resumed()
    {
        var held = Scenes.Progressing() with { Analysis = """ "maxHold": "25s", "onHoldTimeout": "pause" """ };
        var paused = held.At(10).Unmeasured().After().At(35).Unmeasured().After();

        paused.Status.Phase.Should().Be(Phase.Progressing);
        paused.Status.Run?.Paused?.By.Should().Be("analysis.maxHold");

        var resumed = paused.Asked(Core.Controls.ControlKind.Resume, Versions.V2).After();
        (resumed.Status.Run?.Paused, resumed.Status.Run?.Holds).Should().Be(((Pause?)null, (Hold?)null));
        resumed.At(45).Measured().Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    [Fact]
    public void A_verdict_in_between_begins_the_hold_anew()
    {
        var scene = Scenes.Progressing() with { Analysis = """ "maxHold": "25s" """ };
        var failed = scene.At(10).Unmeasured().After().At(20).Measured(success: 90).After();
        failed.Status.Run?.Holds.Should().BeNull();

        failed.At(36).Unmeasured().Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    [Fact]
    public void A_paused_or_suspended_run_is_not_rolled_back_for_waiting()
    {
        var held = (Scenes.Progressing() with { Analysis = """ "maxHold": "25s" """ }).At(10).Unmeasured().After();

        held.WithRun(run => run with { Paused = new Pause(Scene.Noon, "kubectl", null) }).At(500).Unmeasured().Decide()
            .Status.Phase.Should().Be(Phase.Progressing);
        (held with { Spec = """ "suspend": true """ }).At(500).Unmeasured().Decide().Status.Phase.Should().Be(Phase.Progressing);
        held.At(500).Unmeasured().Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    [Fact]
    public void Pods_that_stay_unready_in_mid_run_end_it_too()
    {
        var unready = Scenes.Progressing().At(10).WithTarget(pods => pods with { Available = 1 }).After();

        unready.At(10 + (30 * 60)).Decide().Status.Phase.Should().Be(Phase.Failed);
    }
}
