using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>The target changes while a run is under way.</summary>
public class NewerRevisionTests
{
    // D12: in Flagger unverified pods serve at the present weight for up to an interval.
    [Theory]
    [InlineData(Phase.Progressing)]
    [InlineData(Phase.WaitingPromotion)]
    public void A_push_in_mid_run_takes_the_traffic_back_and_starts_anew_in_one_write(Phase phase)
    {
        var scene = Running(phase);
        scene = scene with { Status = scene.Status with { FailedChecks = 2 } };

        var status = scene.Push("3").Decide().Status;

        (status.Phase, status.CanaryWeight, status.FailedChecks).Should().Be((Phase.Progressing, Weight.Zero, 0));
        (status.Run?.Id, status.Run?.Revision, status.Run?.Step).Should().Be(("2", Versions.V3, 0));
        status.History.Should().ContainSingle().Which.Should().Match<RunRecord>(run =>
            run.Outcome == RunOutcome.Superseded && run.Revision == Versions.V2 && run.Split == new Split(new Weight(60)));
    }

    [Theory]
    [InlineData(""" "suspend": true """)]
    [InlineData(""" "schedule": {"timeZone": "UTC", "windows": ["* 13 * * *"]} """)]
    public void A_run_whose_successor_has_to_wait_has_an_event_of_its_end_too(string spec)
    {
        var status = (Scenes.Progressing(60) with { Spec = spec }).Push("3").Decide().Status;

        status.Phase.Should().Be(Phase.Waiting);
        status.Journal.Select(entry => entry.Reason).Should().Equal("Superseded", "Withheld");
        status.Journal[0].Message.Should().Be(status.History[0].Reason);
        status.Journal[1].Message.Should().Be(status.Message, "what it waits for is what goes on");
        Scenes.Progressing(60).Push("3").Decide().Status.Journal.Select(entry => entry.Reason).Should().Equal("RevisionSeen");
    }

    [Fact]
    public void A_retry_that_has_to_wait_says_who_asked_for_it()
    {
        var status = (Scenes.Failed() with { Spec = """ "suspend": true """ }).Asked(ControlKind.Retry, "* the database is back").Decide().Status;

        status.Journal.Select(entry => entry.Reason).Should().Equal("Retried", "Withheld");
        status.Journal[0].Message.Should().Contain("asked by kubectl (the database is back)");
    }

    [Fact]
    public void A_push_comes_before_the_answers_of_the_revision_it_replaces()
    {
        var status = Scenes.Progressing(60).At(10).Measured().Push("3").Decide().Status;

        status.Phase.Should().Be(Phase.Progressing, "the passed check was about version 2");
        status.Run?.Verdicts.Should().BeEmpty();
    }

    // D15
    [Fact]
    public void An_approval_that_comes_together_with_a_push_does_not_approve_it()
    {
        var pushed = Scenes.WaitingPromotion().Asked(ControlKind.Promote, "* full").Push("3").After();

        pushed.RouteAt(0).Decide().Status.Phase.Should().Be(Phase.Progressing);
        pushed.Status.LastControls["promote"].Should().Be("* full");
    }

    [Fact]
    public void An_abort_that_comes_together_with_a_push_is_not_lost()
    {
        var pushed = Scenes.Progressing().Asked(ControlKind.Abort, "*").Push("3").After();

        pushed.Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    // D11: Flagger does not notice a revert, and goes on releasing the old code to itself.
    [Theory]
    [InlineData(Phase.Progressing)]
    [InlineData(Phase.WaitingPromotion)]
    public void A_revert_in_mid_run_ends_it_with_all_traffic_on_the_primary(Phase phase)
    {
        var reverted = Running(phase).Push("1").After();

        (reverted.Status.Phase, reverted.Status.Run?.Split).Should().Be((Phase.Finalising, Split.AllPrimary));
        reverted.Status.History.Should().ContainSingle().Which.Outcome.Should().Be(RunOutcome.Reverted);

        var done = (reverted with { Target = Scenes.Resting("1") }).RouteAt(0).After();
        (done.Status.Phase, done.Status.StableRevision).Should().Be((Phase.Succeeded, Versions.V1));
        done.Status.History.Should().ContainSingle("a run is recorded once");
        done.Status.Message.Should().Contain("back at revision");
        done.Decide().Status.Message.Should().Be(done.Status.Message);
    }

    [Fact]
    public void Only_the_pod_template_makes_a_revision()
    {
        var scaled = Scenes.Progressing().At(1).WithTarget(pods => pods with { Wanted = 5, Updated = 5, Total = 5, Available = 5 });

        scaled.Decide().Status.Run?.Id.Should().Be("1");
    }

    private static Scene Running(Phase phase) => phase == Phase.Progressing ? Scenes.Progressing(60) : Scenes.WaitingPromotion();
}
