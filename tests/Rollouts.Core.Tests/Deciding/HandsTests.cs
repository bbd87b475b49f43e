using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>What people ask for in mid-run: each once per value, and only for the revision that is meant.</summary>
public class HandsTests
{
    [Theory]
    [InlineData("*")]
    [InlineData("this")]
    public void An_abort_fails_the_run_at_once_and_names_who_asked(string revision)
    {
        var value = revision == "*" ? "* too many complaints" : $"{Versions.V2} too many complaints";

        var status = Scenes.Progressing(40).Asked(ControlKind.Abort, value).Decide().Status;

        (status.Phase, status.CanaryWeight).Should().Be((Phase.Failed, Weight.Zero));
        status.Message.Should().Be($"Revision {Versions.V2} was aborted by kubectl (too many complaints); traffic is back on the primary.");
        status.History[0].Should().Match<RunRecord>(run => run.Outcome == RunOutcome.Aborted && run.By == "kubectl");
        status.LastControls["abort"].Should().Be(value);
    }

    [Fact]
    public void An_abort_waits_for_nothing()
    {
        var stuck = Scenes.Progressing(40).RouteAt(20).WithTarget(pods => pods with { UpToDate = false }).Asked(ControlKind.Abort, "*");

        stuck.Decide().Status.Phase.Should().Be(Phase.Failed);
        (stuck with { Spec = """ "suspend": true """ }).Decide().Status.Phase.Should().Be(Phase.Failed, "aborting is always allowed");
    }

    // D15: what is asked for one revision never reaches another.
    [Theory]
    [InlineData(ControlKind.Abort)]
    [InlineData(ControlKind.Promote)]
    [InlineData(ControlKind.Pause)]
    [InlineData(ControlKind.Resume)]
    public void What_is_asked_for_another_revision_does_nothing(ControlKind kind)
    {
        var scene = Scenes.Progressing().At(1);

        var decision = scene.Asked(kind, $"{Versions.V1} full").Decide();

        decision.Should().Be(scene.Decide());
        decision.Status.LastControls.Should().BeEmpty();
    }

    [Fact]
    public void A_pause_holds_the_split_and_checks_go_on()
    {
        var paused = Scenes.Progressing().At(1).Asked(ControlKind.Pause, $"{Versions.V2} lunch").After();
        paused.Status.Run?.Paused.Should().Be(new Pause(paused.Now, "kubectl", "lunch"));

        var passed = paused.At(10).Measured().After();
        (passed.Status.CanaryWeight, passed.Status.Message).Should().Be((new Weight(20), "Paused at 80/20 by kubectl: lunch."));
        paused.At(10).Measured(success: 1).Decide().Status.FailedChecks.Should().Be(1, "a paused candidate may still be rolled back");
    }

    [Fact]
    public void A_pause_acts_once_for_each_value()
    {
        var paused = Scenes.Progressing().At(1).Asked(ControlKind.Pause, "*").After();
        var resumed = paused.Asked(ControlKind.Resume, "*").After();

        resumed.Status.Run?.Paused.Should().BeNull();
        resumed.Decide().Status.Run?.Paused.Should().BeNull("both annotations still stand there");
        (resumed with { Controls = [] }).Asked(ControlKind.Pause, "* again").Decide().Status.Run?.Paused.Should().NotBeNull();
    }

    [Fact]
    public void Who_asks_for_pause_and_resume_at_once_has_resumed()
    {
        var both = Scenes.Progressing().At(1).Asked(ControlKind.Pause, "*").Asked(ControlKind.Resume, "*");

        both.After().After().Status.Run?.Paused.Should().BeNull();
    }

    [Fact]
    public void A_resume_of_what_is_not_paused_is_kept_as_done()
    {
        var status = Scenes.Progressing().At(1).Asked(ControlKind.Resume, "*").Decide().Status;

        status.LastControls["resume"].Should().Be("*");
        (status.Run?.Controls.Count, status.Journal[^1].Reason).Should().Be((0, "ResumeNeedless"));
        status.Journal[^1].Message.Should().Be($"kubectl asked to resume revision {Versions.V2}, which nobody has paused: nothing was done.");
    }

    [Fact]
    public void A_resumed_run_goes_on_at_once_where_its_step_has_passed()
    {
        var paused = Scenes.Progressing().At(1).Asked(ControlKind.Pause, "*").After().At(10).Measured().After();
        paused.Status.CanaryWeight.Should().Be(new Weight(20), "it is held");

        var resumed = paused.Asked(ControlKind.Resume, "*").At(15).After();

        resumed.Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    [Fact]
    public void A_resumed_run_whose_step_has_not_passed_goes_on_with_its_next_check()
    {
        var paused = Scenes.Progressing().At(1).Asked(ControlKind.Pause, "*").After().At(10).Measured(success: 90).After();

        var resumed = paused.Asked(ControlKind.Resume, "*").At(15).After();

        resumed.Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(20));
        resumed.At(20).Measured().Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    [Fact]
    public void Promote_ends_the_present_step()
    {
        var status = Scenes.Progressing().At(1).Asked(ControlKind.Promote, Versions.V2).Decide().Status;

        (status.Phase, status.CanaryWeight).Should().Be((Phase.Progressing, new Weight(40)));
        status.Journal.Select(entry => entry.Reason).Should().Equal("StepSkipped", "StepAdvanced");
    }

    [Fact]
    public void Promote_at_the_last_step_promotes() =>
        Scenes.Progressing(60).At(1).Asked(ControlKind.Promote, "*").Decide().Status.Phase.Should().Be(Phase.Promoting);

    [Fact]
    public void Promote_ends_a_pause_and_a_hold()
    {
        var paused = Scenes.Progressing().At(10).Unmeasured().After().Asked(ControlKind.Pause, "*").After();

        var run = paused.Asked(ControlKind.Promote, "*").Decide().Status.Run;

        (run?.Paused, run?.Holds, run?.Step).Should().Be(((Pause?)null, (Hold?)null, 2));
    }

    [Fact]
    public void Promote_full_skips_the_rest()
    {
        var status = Scenes.Progressing().At(1).Asked(ControlKind.Promote, "* full hotfix").Decide().Status;

        status.Phase.Should().Be(Phase.Promoting);
        status.Message.Should().Contain("approved by kubectl (hotfix)");
    }

    [Fact]
    public void But_readiness_is_still_required() =>
        Scenes.Progressing().At(1).WithTarget(pods => pods with { Available = 1 }).Asked(ControlKind.Promote, "* full").Decide()
            .Status.Phase.Should().Be(Phase.Progressing);

    [Fact]
    public void Promote_acts_once()
    {
        var skipped = Scenes.Progressing().At(1).Asked(ControlKind.Promote, "*").After().RouteAt(40, sinceSecondsPastNoon: 1);

        skipped.At(2).Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    [Fact]
    public void Suspending_holds_a_run_where_it_is()
    {
        var suspended = Scenes.Progressing() with { Spec = """ "suspend": true """ };

        var status = suspended.At(10).Measured().Decide().Status;

        (status.Phase, status.CanaryWeight).Should().Be((Phase.Progressing, new Weight(20)));
        status.Message.Should().Be($"Revision {Versions.V2} of podinfo waits because spec.suspend is true: set it to false to go on.");
        suspended.At(10).Measured(success: 1).Decide().Status.FailedChecks.Should().Be(1);
    }

    [Fact]
    public void A_run_that_is_held_before_its_first_step_gets_no_traffic()
    {
        var suspended = (Scenes.Progressing(0) with { Spec = """ "suspend": true """ }).Decide().Status;
        (suspended.CanaryWeight, suspended.Message).Should().Be((Weight.Zero, Suspended()));

        var paused = Scenes.Progressing(0).Asked(ControlKind.Pause, "*").After().Decide().Status;
        (paused.CanaryWeight, paused.Message).Should().Be((Weight.Zero, "Paused at 100/0 by kubectl."));
    }

    private static string Suspended() => $"Revision {Versions.V2} of podinfo waits because spec.suspend is true: set it to false to go on.";
}
