using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

public class WaitingPromotionTests
{
    private const string Manual = """ "promotion": "manual" """;

    // D16: Flagger writes canaryWeight 0 here, while the traffic stays.
    [Fact]
    public void With_manual_promotion_the_last_step_is_followed_by_a_wait_at_its_split()
    {
        var waiting = (Scenes.Progressing(60) with { Analysis = Manual }).At(10).Measured().After();

        (waiting.Status.Phase, waiting.Status.CanaryWeight).Should().Be((Phase.WaitingPromotion, new Weight(60)));
        waiting.Status.Message.Should().Contain($"rollouts.dev/promote={Versions.V2}");
        waiting.Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(20), "checks go on");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("* full")]
    public void An_approval_promotes(string value)
    {
        var status = Scenes.WaitingPromotion().Asked(ControlKind.Promote, value, "argocd").Decide().Status;

        (status.Phase, status.LastControls["promote"]).Should().Be((Phase.Promoting, value));
        status.Message.Should().StartWith($"Revision {Versions.V2} was approved by argocd");
    }

    [Fact]
    public void An_approval_of_another_revision_does_not() =>
        Scenes.WaitingPromotion().Asked(ControlKind.Promote, Versions.V1).Decide().Status.Phase.Should().Be(Phase.WaitingPromotion);

    [Fact]
    public void The_wait_has_no_end_of_its_own() =>
        Scenes.WaitingPromotion().At(1e6).Measured().Decide().Status.Phase.Should().Be(Phase.WaitingPromotion);

    [Fact]
    public void Checks_go_on_and_may_still_roll_back()
    {
        Needs.Metrics(Scenes.WaitingPromotion().At(10).Seen()).Should().HaveCount(2);
        var once = Scenes.WaitingPromotion().At(10).Measured(success: 1).After();
        once.Status.FailedChecks.Should().Be(1);
        var twice = once.At(20).Measured(success: 1).After();

        twice.At(30).Measured(success: 1).Decide().Status.Phase.Should().Be(Phase.Failed);
        twice.At(30).Unmeasured().Decide().Status.Should().Match<CanaryStatus>(status => status.Phase == Phase.WaitingPromotion && status.FailedChecks == 2);
    }

    [Fact]
    public void It_can_be_aborted() =>
        Scenes.WaitingPromotion().Asked(ControlKind.Abort, "*").Decide().Status.History[0].Outcome.Should().Be(RunOutcome.Aborted);

    [Fact]
    public void Pods_that_break_meanwhile_end_it() =>
        Scenes.WaitingPromotion().WithTarget(pods => pods with { Failure = new("p", "OOMKilled", "137") }).Decide()
            .Status.Phase.Should().Be(Phase.Failed);

    [Fact]
    public void Without_metrics_it_costs_nothing() =>
        (Scenes.WaitingPromotion() with { Metrics = "[]" }).At(100).Decide().LookAgainAt.Should().BeNull();

    [Fact]
    public void Promotion_that_was_made_automatic_meanwhile_still_wants_checks_that_passed()
    {
        var automatic = Scenes.WaitingPromotion() with { Analysis = """ "promotion": "automatic" """ };

        automatic.At(5).Decide().Should().Match<Decision>(wait => wait.Status.Phase == Phase.WaitingPromotion && wait.LookAgainAt == Scene.Noon.AddSeconds(10));
        automatic.At(10).Measured(success: 1).Decide().Status.Phase.Should().Be(Phase.WaitingPromotion);
        automatic.At(10).Measured().Decide().Status.Phase.Should().Be(Phase.Promoting);
        (automatic with { Metrics = "[]" }).At(5).Decide().Status.Phase.Should().Be(Phase.Promoting);
    }
}
