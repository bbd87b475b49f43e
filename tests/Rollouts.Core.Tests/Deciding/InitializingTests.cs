using Rollouts.Core.Tests.Building;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

public class InitializingTests
{
    [Fact]
    public void The_first_look_takes_up_the_template_that_serves()
    {
        var status = Scenes.Applied().Decide().Status;

        status.Phase.Should().Be(Phase.Initializing);
        (status.StableRevision, status.LastAppliedSpec, status.LastPromotedSpec).Should().Be((Versions.V1, Versions.V1, Versions.V1));
        status.Journal.Should().ContainSingle().Which.Reason.Should().Be("Initializing");
        status.ObservedGeneration.Should().Be(4);
    }

    [Fact]
    public void Without_a_target_it_waits_and_says_so()
    {
        var decision = (Scenes.Applied() with { Target = null }).Decide();

        decision.Status.StableRevision.Should().BeNull();
        decision.Status.Message.Should().Be("Waiting for Deployment podinfo, which does not exist.");
        decision.LookAgainAt.Should().BeNull();
    }

    [Fact]
    public void It_is_done_when_the_primary_serves_and_the_target_rests() =>
        AllInPlace().Decide().Status.Phase.Should().Be(Phase.Initialized);

    [Fact]
    public void It_waits_for_the_primary()
    {
        StaysInitializing(AllInPlace() with { Primary = null });
        StaysInitializing(AllInPlace().WithPrimary(primary => primary with { Available = 1 }));
        StaysInitializing(AllInPlace().WithPrimary(primary => primary with { ReadyEndpoints = 0 }));
        StaysInitializing(AllInPlace().WithPrimary(primary => primary with { Revision = Versions.V2 }));
        StaysInitializing(AllInPlace().WithPrimary(primary => primary with { UpToDate = false }));
    }

    [Fact]
    public void It_waits_for_the_apex_Service_the_route_and_the_target()
    {
        StaysInitializing(AllInPlace() with { ApexOnPrimary = false });
        StaysInitializing(AllInPlace() with { Route = RouteFacts.None });
        StaysInitializing(AllInPlace().RouteAt(20));
        StaysInitializing(AllInPlace() with { Target = Versions.Target("1") });
    }

    [Fact]
    public void A_fix_of_a_first_image_that_does_not_start_is_taken_up()
    {
        var status = Scenes.Initializing().Push("2").Decide().Status;

        (status.StableRevision, status.LastAppliedSpec).Should().Be((Versions.V2, Versions.V2));
    }

    [Fact]
    public void So_it_is_where_the_user_had_a_route_to_the_apex_before()
    {
        var scene = Scenes.Initializing() with { Route = new RouteFacts(true, null, Scene.Noon) };

        scene.Push("2").Decide().Status.StableRevision.Should().Be(Versions.V2);
    }

    [Fact]
    public void A_push_after_the_primary_took_over_is_released_step_by_step()
    {
        var scene = (AllInPlace() with { Target = Versions.Target("1") }).Push("2");

        var initialized = scene.After();
        initialized.Status.Phase.Should().Be(Phase.Initialized);
        initialized.Status.StableRevision.Should().Be(Versions.V1, "version 2 was never analysed");
        initialized.Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    private static Scene AllInPlace() =>
        (Scenes.Initializing() with { Primary = Versions.Ready(Versions.V1), ApexOnPrimary = true, Target = Scenes.Resting("1") }).RouteAt(0);

    private static void StaysInitializing(Scene scene)
    {
        var status = scene.Decide().Status;
        status.Phase.Should().Be(Phase.Initializing);
        status.StableRevision.Should().Be(Versions.V1);
    }
}
