using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>What people ask for, and how long they may take, before a candidate takes its first traffic.</summary>
public class BeforeFirstStepTests
{
    private const string Noon = """ "schedule": {"timeZone": "UTC", "windows": ["* 12 * * *"]} """;

    [Fact]
    public void A_promote_where_nothing_waits_for_a_person_is_said_to_do_nothing_and_skips_no_step_later()
    {
        var asked = Unready().Asked(ControlKind.Promote, $"{Versions.V2} go").After();

        (asked.Status.LastControls["promote"], asked.Status.Run?.Controls.Count).Should().Be(($"{Versions.V2} go", 0));
        asked.Status.Journal[^1].Should().Match<JournalEntry>(entry => entry.Reason == "PromoteNeedless" && entry.Message.Contains("kubectl (go)"));
        var first = Ready(asked).At(1).After().RouteAt(20, sinceSecondsPastNoon: 1);
        first.Status.CanaryWeight.Should().Be(new Weight(20));
        first.At(2).Decide().Status.CanaryWeight.Should().Be(new Weight(20), "step 1 is not skipped");
    }

    [Fact]
    public void One_that_names_a_revision_before_it_comes_is_no_step_of_it_either() =>
        Scenes.Resting().Asked(ControlKind.Promote, Versions.V2).After().Push("2").After().Decide().Status.Journal[^1].Reason.Should().Be("PromoteNeedless");

    [Fact]
    public void It_ends_a_pause_that_is_there()
    {
        var paused = Scenes.Progressing(0).Asked(ControlKind.Pause, "*").After();

        paused.Asked(ControlKind.Promote, "*").Decide().Status.CanaryWeight.Should().Be(new Weight(20));
    }

    [Fact]
    public void Also_one_of_a_candidate_that_is_not_ready_which_then_begins_with_its_first_step()
    {
        var resumed = Unready().Asked(ControlKind.Pause, "*").After().Asked(ControlKind.Promote, "*").After();

        (resumed.Status.Run?.Paused, resumed.Status.Run?.Controls[^1].Control).Should().Be(((Pause?)null, "promote"));
        Ready(resumed).Decide().Status.Run?.Step.Should().Be(1);
    }

    [Fact]
    public void It_ends_a_pause_and_lets_nothing_past_a_pre_rollout_webhook()
    {
        var paused = Hooked("pre-rollout").Asked(ControlKind.Pause, "*").After().Asked(ControlKind.Promote, "*").After();

        (paused.Status.Run?.Paused, paused.Status.Run?.Step).Should().Be(((Pause?)null, 0));
        paused.Answered("gate", false).Decide().Status.FailedChecks.Should().Be(1);
        paused.Answered("gate", true).Decide().Status.Run?.Step.Should().Be(1);
    }

    [Fact]
    public void It_opens_a_gate_that_a_webhook_keeps_closed() =>
        Hooked("confirm-traffic-increase").Answered("gate", false).After().Asked(ControlKind.Promote, "*").Decide().Status.CanaryWeight.Should().Be(new Weight(20));

    [Fact]
    public void Also_where_it_comes_with_the_write_that_lifts_a_suspension()
    {
        var suspended = (Scenes.Progressing(40) with { Spec = """ "suspend": true """ }).At(1).After();

        (suspended with { Spec = """ "suspend": false """ }).Asked(ControlKind.Promote, Versions.V2).Decide().Status.CanaryWeight.Should().Be(new Weight(60));
    }

    [Fact]
    public void In_a_closed_window_it_is_noted_until_that_opens()
    {
        var closed = (Scenes.Progressing() with { Spec = """ "schedule": {"timeZone": "UTC", "windows": ["* 13 * * *"]} """ }).Asked(ControlKind.Promote, "*").At(1).After();

        closed.Status.LastControls.Should().NotContainKey("promote");
        closed.At(3600).Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    // "Skip the rest of the program, promote now (readiness is still required)."
    [Fact]
    public void A_full_promote_waits_for_readiness_and_for_no_webhook()
    {
        var asked = Hooked("pre-rollout").Asked(ControlKind.Promote, "* full");

        Needs.Gates(asked.Seen()).Should().BeEmpty("nobody needs the answer any more");
        asked.Decide().Status.Phase.Should().Be(Phase.Promoting);
        asked.WithTarget(pods => pods with { Available = 1 }).Decide().Status.Phase.Should().Be(Phase.Progressing);
        Needs.Gates(Hooked("pre-rollout").Asked(ControlKind.Promote, "*").Seen()).Should().NotBeEmpty();
        Needs.Gates((Hooked("pre-rollout").Asked(ControlKind.Promote, "* full") with { Spec = """ "suspend": true """ }).Seen()).Should().NotBeEmpty();
    }

    [Fact]
    public void A_full_promote_of_a_run_without_analysis_names_who_asked() =>
        (Scenes.Progressing(0) with { Spec = """ "skipAnalysis": true """ }).Asked(ControlKind.Promote, "* full", "alice").Decide().Status.Run?.PromotedBy.Should().Be("alice");

    [Fact]
    public void Who_pauses_a_ready_candidate_for_longer_than_its_deadline_does_not_lose_it_to_a_blip()
    {
        var paused = Scenes.Progressing(0).Asked(ControlKind.Pause, "*").After().After();

        paused.At(3600).WithTarget(pods => pods with { Available = 1 }).Decide().Status.Phase.Should().Be(Phase.Progressing);
        var blipped = paused.Asked(ControlKind.Resume, "*").At(3600).After().WithTarget(pods => pods with { Available = 1 }).After();
        blipped.Status.Phase.Should().Be(Phase.Progressing, "from here maxHold counts");
        blipped.At(3600 + (30 * 60)).Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    [Fact]
    public void Nor_to_one_at_the_opening_of_a_window()
    {
        var closed = (Scenes.Progressing(0) with { Spec = Noon }).At(3600).After();
        closed.Status.Phase.Should().Be(Phase.Progressing);

        closed.At(24 * 3600).WithTarget(pods => pods with { Available = 1 }).Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    [Fact]
    public void But_a_candidate_that_never_was_ready_has_its_deadline_also_where_it_is_paused() =>
        Unready().Asked(ControlKind.Pause, "*").After().At(60).Decide().Status.Phase.Should().Be(Phase.Failed);

    private static Scene Unready() => Scenes.Progressing(0).WithTarget(pods => pods with { Available = 1 });

    private static Scene Ready(Scene scene) => scene.WithTarget(pods => pods with { Available = 2 });

    private static Scene Hooked(string type) =>
        Scenes.Progressing(0) with { Analysis = $$""" "webhooks": [{"name": "gate", "url": "http://gate.test/", "type": "{{type}}"}] """ };
}
