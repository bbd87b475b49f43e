using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>Who asked for what and why stands beside the run, and goes with it into the history.</summary>
public class HandRecordTests
{
    [Theory]
    [InlineData(ControlKind.Pause, "* at lunch", "pause")]
    [InlineData(ControlKind.Promote, "* at lunch", "promote")]
    [InlineData(ControlKind.Promote, "* full at lunch", "promote full")]
    [InlineData(ControlKind.Abort, "* at lunch", "abort")]
    public void What_is_asked_of_a_run_is_kept_with_who_asked_and_why(ControlKind kind, string value, string control)
    {
        var scene = Scenes.Progressing(40).At(1).Asked(kind, value, "alice");

        scene.Decide().Status.Run?.Controls.Should().Equal(new HandRecord(control, "alice", "at lunch", scene.Now));
    }

    [Theory]
    [InlineData(ControlKind.Pause)]
    [InlineData(ControlKind.Promote)]
    [InlineData(ControlKind.Abort)]
    [InlineData(ControlKind.Resume)]
    [InlineData(ControlKind.Retry)]
    public void What_is_asked_of_another_revision_is_not(ControlKind kind) =>
        Scenes.Progressing(40).At(1).Asked(kind, Versions.V1).Decide().Status.Run?.Controls.Should().BeEmpty();

    [Fact]
    public void A_pause_and_its_end_stand_one_after_the_other_and_each_once()
    {
        var resumed = Scenes.Progressing().At(1).Asked(ControlKind.Pause, "*", "alice").After().At(5).Asked(ControlKind.Resume, "* it is quiet", "bob").After().After();

        resumed.Status.Run?.Controls.Should().Equal(
            new HandRecord("pause", "alice", null, Scene.Noon.AddSeconds(1)), new HandRecord("resume", "bob", "it is quiet", Scene.Noon.AddSeconds(5)));
    }

    [Theory]
    [InlineData("*", "promote")]
    [InlineData("* full", "promote full")]
    public void The_history_names_who_promoted_a_run(string value, string control)
    {
        var promoted = Promoted(Scenes.Progressing(60).At(1).Asked(ControlKind.Promote, value, "alice"));

        (promoted.Outcome, promoted.By, promoted.Controls[0].Control).Should().Be((RunOutcome.Promoted, "alice", control));
    }

    [Fact]
    public void And_who_approved_one_that_waited() =>
        Promoted(Scenes.WaitingPromotion().At(1).Asked(ControlKind.Promote, "*", "alice")).By.Should().Be("alice");

    [Fact]
    public void But_nobody_where_a_step_was_ended_by_hand_and_the_program_by_itself()
    {
        var skipped = Scenes.Progressing(40).At(1).Asked(ControlKind.Promote, "*", "alice").After();

        var promoted = Promoted(skipped.RouteAt(60, sinceSecondsPastNoon: 1).At(11).Measured());

        (promoted.Outcome, promoted.By, promoted.Controls[0].By).Should().Be((RunOutcome.Promoted, null, "alice"));
    }

    [Fact]
    public void A_retry_stands_with_the_run_that_it_starts_also_where_that_waits()
    {
        var retry = Scenes.Failed().Asked(ControlKind.Retry, $"{Versions.V2} the database is back", "alice");

        foreach (var scene in new[] { retry, retry with { Spec = """ "suspend": true """ } })
            scene.Decide().Status.Run?.Controls.Should().Equal(new HandRecord("retry", "alice", "the database is back", scene.Now));
        Scenes.Resting().Push("2").Decide().Status.Run?.Controls.Should().BeEmpty("nobody asked for this one");
    }

    [Fact]
    public void A_rollback_stands_with_the_run_that_it_ends_and_with_the_one_that_it_starts()
    {
        var ended = (Scenes.Progressing(40) with { Snapshots = Scenes.Kept("1", "2", "3") }).At(1).Asked(ControlKind.Rollback, $"{Versions.V3} too slow", "alice").After();

        ended.Status.History[0].Controls.Should().Equal(new HandRecord("rollback", "alice", "too slow", ended.Now));
        ended.Decide().Status.Run.Should().Match<RunStatus>(run => run.Revision == Versions.V3 && run.Controls.Count == 1 && run.Controls[0].By == "alice");
    }

    [Fact]
    public void A_run_that_is_let_in_by_hand_says_by_whom()
    {
        var waiting = (Scenes.Resting().Push("2") with { Analysis = """ "webhooks": [{"name": "office", "type": "confirm-rollout", "url": "http://office/"}] """ }).After();

        waiting.Asked(ControlKind.Promote, Versions.V2, "alice").Decide().Status.Run?.Controls[0].By.Should().Be("alice");
    }

    [Fact]
    public void Of_very_many_the_last_are_kept_and_a_long_story_is_cut()
    {
        var scene = Scenes.Progressing();
        foreach (var number in Enumerable.Range(1, 30))
            scene = (scene with { Controls = [] }).Asked(number % 2 == 1 ? ControlKind.Pause : ControlKind.Resume, $"* {number} {new string('x', 5000)}").After();

        scene.Status.Run?.Controls.Should().HaveCount(10);
        scene.Status.Run?.Controls[^1].Reason.Should().StartWith("30 x").And.EndWith("x...").And.HaveLength(253);
    }

    /// <summary>The run's entry in the history, once the primary serves it.</summary>
    private static RunRecord Promoted(Scene scene)
    {
        var promoting = scene.After();
        promoting.Status.Phase.Should().Be(Phase.Promoting);
        var finalising = (promoting with { Primary = Versions.Ready(Versions.V2) }).After();
        return (finalising.RouteAt(0) with { Target = Scenes.Resting("2") }).Decide().Status.History[0];
    }
}
