using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

public class IdleTests
{
    private const string Suspended = """ "suspend": true """;

    [Theory]
    [InlineData(Phase.Initialized)]
    [InlineData(Phase.Succeeded)]
    [InlineData(Phase.Waiting)]
    [InlineData(Phase.Failed)]
    public void A_new_revision_starts_a_run_with_no_traffic(Phase phase)
    {
        var status = In(phase).Push("3").Decide().Status;

        status.Phase.Should().Be(Phase.Progressing);
        status.LastAppliedSpec.Should().Be(Versions.V3);
        status.StableRevision.Should().Be(Versions.V1);
        status.FailedChecks.Should().Be(0);
        status.CanaryWeight.Should().Be(Weight.Zero);
        status.StepProgress.Should().Be("0/3");
        (status.Run?.Revision, status.Run?.Step, status.Run?.Split).Should().Be((Versions.V3, 0, Split.AllPrimary));
        status.Journal[^1].Reason.Should().Be("RevisionSeen");
    }

    [Theory]
    [InlineData(Phase.Initialized)]
    [InlineData(Phase.Succeeded)]
    [InlineData(Phase.Failed)]
    public void The_revision_that_was_taken_up_last_starts_none(Phase phase)
    {
        var scene = In(phase);

        var decision = scene.Decide();

        decision.Status.Phase.Should().Be(phase);
        decision.Status.Run.Should().Be(scene.Status.Run);
        decision.Status.Journal.Should().BeEmpty();
        decision.LookAgainAt.Should().BeNull("an idle Canary costs nothing");
    }

    // D2: Flagger acknowledges the new hash first, and forgets it when anything later in the tick goes wrong.
    [Fact]
    public void A_revision_is_acknowledged_in_the_same_write_that_starts_its_run()
    {
        var scene = Scenes.Failed().Push("3") with { Primary = Versions.Ready(Versions.V1) with { Available = 0, ReadyEndpoints = 0 } };

        var status = scene.Decide().Status;

        (status.LastAppliedSpec, status.Run?.Revision, status.Phase).Should().Be((Versions.V3, Versions.V3, Phase.Progressing));
    }

    // D3, D18: an unhealthy primary never blocks a fix.
    [Fact]
    public void A_broken_primary_does_not_keep_a_fix_from_starting()
    {
        var scene = Scenes.Resting().Push("2").WithPrimary(primary => primary with { Available = 0, ReadyEndpoints = 0, DeadlineExceeded = true });

        scene.Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    [Fact]
    public void Runs_are_numbered_over_the_life_of_the_Canary()
    {
        Scenes.Resting().Push("2").Decide().Status.Run?.Id.Should().Be("1");
        Scenes.Failed().Push("3").Decide().Status.Run?.Id.Should().Be("2");
    }

    [Fact]
    public void While_suspended_a_new_revision_waits_and_is_not_acknowledged()
    {
        var waiting = (Scenes.Resting().Push("2") with { Spec = Suspended }).After();

        waiting.Status.Phase.Should().Be(Phase.Waiting);
        waiting.Status.LastAppliedSpec.Should().Be(Versions.V1);
        waiting.Decide().Status.Should().Be(waiting.Status, "D36: it is said once");

        (waiting with { Spec = """ "suspend": false """ }).Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    [Fact]
    public void A_waiting_revision_that_is_taken_back_is_no_run()
    {
        var waiting = (Scenes.Resting().Push("2") with { Spec = Suspended }).After();

        var status = waiting.Push("1").Decide().Status;

        status.Phase.Should().Be(Phase.Succeeded);
        status.History.Should().BeEmpty();
    }

    [Fact]
    public void A_failed_revision_that_is_set_back_to_the_promoted_one_is_a_success()
    {
        var reverted = Scenes.Failed().Push("1").After();

        reverted.Status.Phase.Should().Be(Phase.Succeeded);
        reverted.Status.LastAppliedSpec.Should().Be(Versions.V1);
        reverted.Decide().Status.Phase.Should().Be(Phase.Succeeded);
    }

    [Fact]
    public void But_not_before_the_failed_pods_are_gone()
    {
        var scene = (Scenes.Failed() with { Target = Versions.Target("1") }).WithRun(run => run with { RetiredAt = null });

        scene.Decide().Status.Phase.Should().Be(Phase.Failed);
        (scene with { Target = Scenes.Resting("1") }).After().Decide().Status.Phase.Should().Be(Phase.Succeeded);
    }

    [Fact]
    public void That_the_failed_candidate_is_gone_is_kept()
    {
        var scene = Scenes.Failed().WithRun(run => run with { RetiredAt = null });

        scene.Decide().Status.Run?.RetiredAt.Should().Be(scene.Now);
        scene.RouteAt(20).Decide().Status.Run?.RetiredAt.Should().BeNull("it still takes traffic");
        (scene with { Target = Versions.Target("2") }).Decide().Status.Run?.RetiredAt.Should().BeNull("its pods still run");
    }

    [Fact]
    public void A_retry_starts_a_new_run_of_the_failed_revision_once()
    {
        var scene = Scenes.Failed().Asked(ControlKind.Retry, $"{Versions.V2} the database is back");

        var retried = scene.After();

        retried.Status.Phase.Should().Be(Phase.Progressing);
        retried.Status.Run?.Id.Should().Be("2");
        retried.Status.Message.Should().Be($"Revision {Versions.V2} of podinfo is tried again, asked by kubectl (the database is back).");
        var failedAgain = scene with { Status = Scenes.Failed().Status with { LastControls = retried.Status.LastControls } };
        failedAgain.Decide().Status.Phase.Should().Be(Phase.Failed, "the annotation may stay in Git");
    }

    [Fact]
    public void A_retry_of_another_revision_does_nothing() =>
        Scenes.Failed().Asked(ControlKind.Retry, Versions.V1).Decide().Status.Phase.Should().Be(Phase.Failed);

    [Fact]
    public void A_retry_of_a_revision_that_succeeded_does_nothing() =>
        Scenes.Resting().Asked(ControlKind.Retry, Versions.V1).Decide().Status.Phase.Should().Be(Phase.Initialized);

    // D15: an approval belongs to a revision.
    [Theory]
    [InlineData(ControlKind.Promote, "* full")]
    [InlineData(ControlKind.Pause, "*")]
    [InlineData(ControlKind.Abort, "*")]
    public void What_is_asked_of_any_revision_while_none_is_under_test_does_nothing_to_the_next(ControlKind kind, string value)
    {
        var asked = Scenes.Resting().Asked(kind, value).After();
        asked.Status.Phase.Should().Be(Phase.Initialized);

        asked.Push("2").Decide().Status.LastControls[Control.Key(kind)].Should().Be(value);
        Scenes.Resting().Asked(kind, value).Push("2").Decide().Status.LastControls[Control.Key(kind)].Should().Be(value);
    }

    [Fact]
    public void What_is_asked_for_a_revision_before_it_comes_is_kept_for_it()
    {
        var asked = Scenes.Resting().Asked(ControlKind.Pause, Versions.V2).After();

        asked.Status.LastControls.Should().BeEmpty();
        asked.Push("2").After().Decide().Status.Run?.Paused.Should().NotBeNull();
    }

    [Fact]
    public void A_target_that_was_deleted_is_waited_for()
    {
        var status = (Scenes.Resting() with { Target = null }).Decide().Status;

        status.Phase.Should().Be(Phase.Initialized);
        status.Message.Should().Contain("does not exist");
    }

    private static Scene In(Phase phase) => phase switch
    {
        Phase.Failed => Scenes.Failed(),
        _ => Scenes.Resting() with { Status = Scenes.Resting().Status with { Phase = phase } },
    };
}
