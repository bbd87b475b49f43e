using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>D18: an unhealthy primary never blocks a fix. No split with it may be written, so there are no steps to take.</summary>
public class RescueTests
{
    [Fact]
    public void A_ready_candidate_is_promoted_where_the_primary_has_no_ready_pod()
    {
        var decision = Stuck().Decide();

        decision.Status.Phase.Should().Be(Phase.Promoting);
        decision.Status.Message.Should().Contain("has no ready pod");
    }

    [Fact]
    public void A_primary_with_a_ready_pod_is_waited_for() =>
        (Stuck() with { Primary = Versions.Ready(Versions.V1) }).Decide().Status.Phase.Should().Be(Phase.Progressing);

    [Fact]
    public void A_paused_run_is_not_promoted_over_the_head_of_who_paused_it() =>
        Stuck().WithRun(run => run with { Paused = new Pause(Scene.Noon, "me", null) }).Decide().Status.Phase.Should().Be(Phase.Progressing);

    [Fact]
    public void Nor_one_whose_promotion_is_a_persons_until_that_person_says_so()
    {
        var manual = Stuck() with { Analysis = """ "promotion": "manual" """ };

        manual.Decide().Status.Phase.Should().Be(Phase.Progressing);
        manual.Asked(ControlKind.Promote, "* full").Decide().Status.Phase.Should().Be(Phase.Promoting);
    }

    /// <summary>Step 1 was decided, and the route may not be written.</summary>
    private static Scene Stuck() => Scenes.Progressing(20).RouteAt(0) with
    {
        Primary = Versions.Ready(Versions.V1) with { Available = 0, ReadyEndpoints = 0 },
    };
}
