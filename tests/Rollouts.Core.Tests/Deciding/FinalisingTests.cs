using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

public class FinalisingTests
{
    [Fact]
    public void It_waits_for_the_route_and_then_for_the_target_to_rest()
    {
        Scenes.Finalising().Decide().Status.Message.Should().Be("Waiting for the route of podinfo to share 100/0.");
        var routed = Scenes.Finalising().RouteAt(0);
        (routed.Decide().Status.Phase, routed.Decide().Status.Message)
            .Should().Be((Phase.Finalising, "All traffic is on podinfo-primary; scaling podinfo down."));
    }

    [Fact]
    public void Then_the_promotion_is_complete_and_recorded()
    {
        var status = Done().Decide().Status;

        status.Phase.Should().Be(Phase.Succeeded);
        status.Run?.RetiredAt.Should().Be(Scene.Noon);
        status.History.Should().ContainSingle().Which.Should().Match<RunRecord>(run =>
            run.Outcome == RunOutcome.Promoted && run.Revision == Versions.V2 && run.Split == new Split(new Weight(60)) && run.By == null);
        status.Message.Should().Be($"Revision {Versions.V2} of podinfo was promoted and serves all traffic.");
    }

    [Fact]
    public void A_newer_revision_in_the_target_is_not_waited_for_and_comes_next()
    {
        var succeeded = Scenes.Finalising().RouteAt(0).Push("3").After();

        succeeded.Status.Phase.Should().Be(Phase.Succeeded);
        succeeded.Decide().Status.Run.Should().Match<RunStatus>(run => run.Revision == Versions.V3 && run.Id == "2");
    }

    // D15
    [Fact]
    public void An_approval_of_any_revision_that_comes_too_late_is_not_kept_for_the_next()
    {
        var succeeded = Scenes.Finalising().RouteAt(0).Push("3").Asked(ControlKind.Promote, "* full").After();

        var next = succeeded.After();

        next.Status.LastControls["promote"].Should().Be("* full");
        next.RouteAt(0).Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    [Fact]
    public void A_target_that_was_deleted_does_not_keep_it() =>
        (Done() with { Target = null }).Decide().Status.Phase.Should().Be(Phase.Succeeded);

    [Theory]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    public void The_history_keeps_as_many_runs_as_the_spec_says(int limit, int kept)
    {
        var old = Enumerable.Range(1, 5).Select(number => Scenes.Failed().Status.History[0] with { Run = $"{number}" });
        var scene = Done() with { Spec = $""" "historyLimit": {limit} """ };
        scene = scene with { Status = scene.Status with { History = old.ToEquatableList() } };

        var history = scene.Decide().Status.History;

        history.Should().HaveCount(kept);
        history[0].Outcome.Should().Be(RunOutcome.Promoted, "the newest comes first");
    }

    private static Scene Done() => (Scenes.Finalising() with { Target = Scenes.Resting("2") }).RouteAt(0);
}
