using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

public class PromotingTests
{
    [Fact]
    public void A_primary_that_runs_the_candidate_and_is_ready_is_the_new_stable_one()
    {
        var status = Updated().Decide().Status;

        (status.Phase, status.StableRevision, status.LastPromotedSpec).Should().Be((Phase.Finalising, Versions.V2, Versions.V2));
        (status.CanaryWeight, status.Run?.Split).Should().Be((Weight.Zero, Split.AllPrimary));
    }

    [Fact]
    public void Until_then_the_candidate_keeps_its_share()
    {
        Keeps(Scenes.Promoting());
        Keeps(Updated().WithPrimary(primary => primary with { Available = 1 }));
        Keeps(Updated().WithPrimary(primary => primary with { UpToDate = false }));
        Keeps(Updated().WithPrimary(primary => primary with { Total = 3 }));
        Keeps(Scenes.Promoting() with { Primary = null });

        static void Keeps(Scene scene)
        {
            var decision = scene.At(59).Decide();
            (decision.Status.Phase, decision.Status.CanaryWeight, decision.Status.StableRevision)
                .Should().Be((Phase.Promoting, new Weight(60), Versions.V1));
            decision.LookAgainAt.Should().Be(Scene.Noon.AddSeconds(60));
        }
    }

    [Fact]
    public void A_primary_that_is_not_ready_by_the_deadline_fails_the_run_and_the_stable_revision_stays()
    {
        var status = Updated().WithPrimary(primary => primary with { Available = 1 }).At(60).Decide().Status;

        (status.Phase, status.StableRevision).Should().Be((Phase.Failed, Versions.V1));
        status.Message.Should().Be("Rolled back: podinfo-primary was not ready within 1m (progressDeadlineSeconds): 1 of 2 pods are available.");
    }

    [Fact]
    public void So_does_one_that_never_takes_the_template_up() =>
        Scenes.Promoting().At(60).Decide().Status.Message.Should().Be(
            "Rolled back: podinfo-primary was not ready within 1m (progressDeadlineSeconds): it never came to run this revision.");

    [Fact]
    public void So_does_one_whose_Deployment_gives_up_or_whose_pods_cannot_run()
    {
        var unready = Updated().WithPrimary(primary => primary with { Available = 1 });

        unready.WithPrimary(primary => primary with { DeadlineExceeded = true }).Decide().Status.Phase.Should().Be(Phase.Failed);
        unready.WithPrimary(primary => primary with { Failure = new("p", "ImagePullBackOff", "denied") }).Decide()
            .Status.Phase.Should().Be(Phase.Failed);
    }

    [Fact]
    public void What_the_old_pods_of_the_primary_do_is_no_verdict_on_the_candidate() =>
        Scenes.Promoting().WithPrimary(primary => primary with { DeadlineExceeded = true, Failure = new("p", "CrashLoopBackOff", "x") }).Decide()
            .Status.Phase.Should().Be(Phase.Promoting);

    // D14: what was analysed is promoted, and a newer push gets no traffic meanwhile.
    [Fact]
    public void A_push_takes_the_traffic_from_the_target_and_the_promotion_goes_on()
    {
        var pushed = Scenes.Promoting().Push("3").After();
        (pushed.Status.Phase, pushed.Status.CanaryWeight, pushed.Status.Run?.Revision)
            .Should().Be((Phase.Promoting, Weight.Zero, Versions.V2));

        var promoted = (pushed with { Primary = Versions.Ready(Versions.V2) }).RouteAt(0).After();
        (promoted.Status.Phase, promoted.Status.StableRevision).Should().Be((Phase.Finalising, Versions.V2));

        var succeeded = promoted.After();
        succeeded.Status.Phase.Should().Be(Phase.Succeeded, "the newer revision is left running");
        succeeded.Decide().Status.Run?.Revision.Should().Be(Versions.V3);
    }

    [Fact]
    public void A_candidate_that_is_gone_gets_no_traffic_either()
    {
        (Scenes.Promoting() with { Target = null }).Decide().Status.CanaryWeight.Should().Be(Weight.Zero);
        Scenes.Promoting().WithTarget(pods => pods with { ReadyEndpoints = 0 }).Decide().Status.CanaryWeight.Should().Be(Weight.Zero);
    }

    [Fact]
    public void An_abort_stops_it_and_one_for_another_revision_does_not()
    {
        Scenes.Promoting().Asked(ControlKind.Abort, "*").Decide().Status.Phase.Should().Be(Phase.Failed);
        Scenes.Promoting().Asked(ControlKind.Abort, Versions.V1).Decide().Status.Phase.Should().Be(Phase.Promoting);
    }

    private static Scene Updated() => Scenes.Promoting() with { Primary = Versions.Ready(Versions.V2) };
}
