using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>What webhooks keep from happening, and what they do not.</summary>
public class GateTests
{
    [Fact]
    public void A_revision_waits_for_confirm_rollout_and_costs_no_write_while_the_answer_stays_the_same()
    {
        var waiting = Hooked(Scenes.Resting(), "confirm-rollout").Push("2").After().Answered("gate", false).After();

        (waiting.Status.Phase, waiting.Status.Message).Should().Be((Phase.Waiting, "Waiting for a yes: gate answered 403."));
        waiting.At(15).Answered("gate", false).Decide().Status.Should().Be(waiting.Status);
        waiting.At(15).Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(20));
        waiting.At(20).Answered("gate", true).Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    // D10: Flagger's documents say so, and its code never gets there.
    [Fact]
    public void A_rollback_hook_ends_a_run_that_only_waits()
    {
        var waiting = Scenes.Resting() with { Analysis = $"{Webhook("confirm-rollout")[..^2]}, {{\"name\": \"stop\", \"url\": \"http://stop.test/\", \"type\": \"rollback\"}}] " };

        var status = waiting.Push("2").After().Answered("stop", true).Decide().Status;

        (status.Phase, status.History[0].Outcome).Should().Be((Phase.Failed, RunOutcome.Failed));
    }

    // D15: in Flagger an open gate approves all later revisions.
    [Fact]
    public void A_yes_is_for_one_revision()
    {
        var started = Hooked(Scenes.Resting(), "confirm-rollout").Push("2").After().Answered("gate", true).After();
        started.Status.Phase.Should().Be(Phase.Progressing);

        var pushed = started.Push("3").After();

        pushed.Status.Phase.Should().Be(Phase.Waiting);
        Needs.Gates(pushed.Seen()).Should().ContainSingle().Which.Should().Match<Core.Gating.GateCall>(call => call.Revision == Versions.V3 && call.Key.StartsWith("2/0/"));
    }

    [Fact]
    public void A_pre_rollout_hook_that_says_no_is_a_failed_check_and_is_asked_again_after_an_interval()
    {
        var failed = Hooked(Scenes.Progressing(0), "pre-rollout").At(1).Answered("gate", false).After();

        (failed.Status.FailedChecks, failed.Status.CanaryWeight).Should().Be((1, Weight.Zero));
        Needs.Gates(failed.At(10).Seen()).Should().BeEmpty();
        failed.At(11).Answered("gate", true).Decide().Status.CanaryWeight.Should().Be(new Weight(20));
        failed.At(11).Answered("gate", false).After().At(21).Answered("gate", false).Decide().Status.Phase.Should().Be(Phase.Failed, "the threshold is 3");
    }

    [Fact]
    public void A_rollout_hook_is_judged_with_the_metrics_and_both_failing_are_one_failed_check()
    {
        var due = Hooked(Scenes.Progressing(), "rollout").At(10);

        due.Measured(success: 1).Decide().Status.FailedChecks.Should().Be(0, "the webhook has not answered yet");
        due.Measured(success: 1).Answered("gate", false).Decide().Status.FailedChecks.Should().Be(1);
        due.Measured().Answered("gate", true).Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    // D35: in Flagger it alerts in every tick, and at weight 0 the pre-rollout hooks run again each time.
    [Fact]
    public void A_confirm_traffic_increase_hook_holds_and_counts_nothing()
    {
        var held = Hooked(Scenes.Progressing(), "confirm-traffic-increase").At(10).Measured().After().Answered("gate", false).After();

        (held.Status.CanaryWeight, held.Status.FailedChecks, held.Status.Message).Should().Be((new Weight(20), 0, "Waiting for a yes: gate answered 403."));
        held.At(12).Answered("gate", false).After().Status.Journal.Where(entry => entry.Reason == "Holding").Should().HaveCount(1);
        held.At(20).Measured().Answered("gate", true).After().At(20).Answered("gate", true).Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    // D16, D17: weight and iterations stay true while the promotion waits.
    [Fact]
    public void A_confirm_promotion_hook_is_waited_for_at_the_split_that_was_reached()
    {
        var waiting = AtPromotionGate();

        (waiting.Status.Phase, waiting.Status.CanaryWeight, waiting.Status.Message)
            .Should().Be((Phase.WaitingPromotion, new Weight(60), "Every step passed; waiting for a yes to promote: gate answered 403."));
        waiting.At(20).Decide().Status.Should().Be(waiting.Status, "a round under way is no news");
        waiting.At(20).Answered("gate", true).Measured().Decide().Status.Phase.Should().Be(Phase.Promoting);
    }

    [Fact]
    public void A_yes_to_promote_does_not_outweigh_a_check_that_has_just_failed()
    {
        var failed = AtPromotionGate().At(20).Measured(success: 1).After();

        failed.At(21).Answered("gate", true).Decide().Status.Phase.Should().Be(Phase.WaitingPromotion);
        failed.At(30).Measured().Answered("gate", true).Decide().Status.Phase.Should().Be(Phase.Promoting);
    }

    [Fact]
    public void A_pause_keeps_a_yes_from_promoting_and_a_person_may_still_promote()
    {
        var paused = AtPromotionGate().Asked(ControlKind.Pause, "*").After();

        paused.At(21).Answered("gate", true).Decide().Status.Phase.Should().Be(Phase.WaitingPromotion);
        paused.Asked(ControlKind.Promote, "*").Decide().Status.Should().Match<CanaryStatus>(status => status.Phase == Phase.Promoting && status.Run!.Paused == null);
    }

    [Fact]
    public void Who_is_told_of_the_end_is_told_before_the_next_run_takes_its_place()
    {
        var aborted = Hooked(Scenes.Progressing(), "post-rollout").Asked(ControlKind.Abort, "*").After().Push("3");
        aborted.Decide().Status.Run?.Id.Should().Be("1");

        var told = aborted.Answered("gate", false).After();

        told.Status.Run?.Id.Should().Be("2");
        told.Status.Journal.Should().Contain(entry => entry.Reason == "PostRolloutFailed");
    }

    [Fact]
    public void Nobody_is_asked_about_a_run_without_analysis()
    {
        var skipped = Hooked(Scenes.Progressing(0), "pre-rollout") with { Spec = """ "skipAnalysis": true """ };

        Needs.Gates(skipped.Seen()).Should().BeEmpty();
        skipped.Decide().Status.Phase.Should().Be(Phase.Promoting);
    }

    private static Scene AtPromotionGate() =>
        Hooked(Scenes.Progressing(60), "confirm-promotion").At(10).Measured().After().Answered("gate", false).After();

    private static Scene Hooked(Scene scene, string type) => scene with { Analysis = Webhook(type) };

    private static string Webhook(string type) => $$""" "webhooks": [{"name": "gate", "url": "http://gate.test/", "type": "{{type}}"}] """;
}
