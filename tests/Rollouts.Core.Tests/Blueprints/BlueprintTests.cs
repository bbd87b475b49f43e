using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Blueprints;

/// <summary>Which objects a status calls for, and in which order.</summary>
public class BlueprintTests
{
    [Fact]
    public void Before_anything_was_decided_nothing_is_done() =>
        Blueprint.For(Scenes.Applied().Seen(), CanaryStatus.None).Should().BeEmpty();

    // D21: Flagger may scale the only running workload to zero.
    [Fact]
    public void While_the_primary_is_made_nothing_of_the_targets_is_touched()
    {
        Planned(Scenes.Initializing() with { Snapshots = Scenes.Kept() }).Should().Equal(
            "Canary podinfo", "ControllerRevision podinfo-*", "Service podinfo-canary", "Service podinfo-primary", "Deployment podinfo-primary",
            "DestinationRule podinfo-primary", "DestinationRule podinfo-canary");
        Planned(Scenes.Initializing() with { Primary = Versions.Ready(Versions.V1) with { Available = 1 } })
            .Should().NotContain(["Service podinfo", "VirtualService podinfo", "Deployment podinfo"]);
        Planned(Scenes.Initializing() with { Primary = Versions.Ready(Versions.V2) }).Should().NotContain("Service podinfo");
    }

    [Fact]
    public void Once_the_primary_is_ready_Service_and_route_go_to_it_and_then_the_target_rests()
    {
        var ready = Scenes.Initializing() with { Primary = Versions.Ready(Versions.V1) };

        Planned(ready).Should().EndWith("VirtualService podinfo").And.Contain("Service podinfo").And.NotContain("Deployment podinfo");
        Planned(ready with { ApexOnPrimary = true }).Should().NotContain("Deployment podinfo");
        Planned(ready.RouteAt(0)).Should().NotContain("Deployment podinfo", "the apex Service still selects the target's pods");
        Planned((ready with { ApexOnPrimary = true }).RouteAt(0).At(1)).Should().NotContain("Deployment podinfo", "proxies may not have followed yet");
        Planned((ready with { ApexOnPrimary = true }).RouteAt(0).At(2)).Should().EndWith("Deployment podinfo");
        Replicas((ready with { ApexOnPrimary = true }).RouteAt(0).At(2)).Should().Be(0);
    }

    [Fact]
    public void A_run_scales_up_before_it_moves_traffic()
    {
        var order = Planned(Scenes.Progressing(20) with { Target = Scenes.Resting("2") with { Workload = Versions.Ready(Versions.V2, 0) with { ReadyEndpoints = 1 } } });

        order.Should().ContainInOrder("Deployment podinfo", "VirtualService podinfo");
        Replicas(Scenes.Progressing(0) with { Target = Scenes.Resting("2"), Primary = Versions.Ready(Versions.V1, 7) }).Should().Be(7, "the primary knows the load");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public void An_AB_route_is_written_only_while_the_primary_has_pods_for_what_does_not_match(int ready, bool written)
    {
        var matched = (Scenes.Progressing(0) with { Steps = """ "iterations": 2, "match": [{"headers": {"x-canary": {"exact": "yes"}}}] """ })
            .WithRun(run => run with { Step = 1, Split = new Split(Weight.Full) })
            .WithPrimary(primary => primary with { ReadyEndpoints = ready });

        Planned(matched).Contains("VirtualService podinfo").Should().Be(written);
    }

    [Fact]
    public void A_target_that_already_runs_is_not_scaled() =>
        Planned(Scenes.Progressing(0) with { Primary = Versions.Ready(Versions.V1, 7) }).Should().NotContain("Deployment podinfo");

    [Fact]
    public void What_is_over_moves_traffic_before_it_scales_down()
    {
        Planned(Scenes.Finalising()).Should().NotContain("Deployment podinfo", "the route was not yet seen at 100/0");
        Planned(Scenes.Finalising().RouteAt(0).At(2)).Should().ContainInOrder("VirtualService podinfo", "Deployment podinfo");
        Replicas(Scenes.Finalising().RouteAt(0).At(2)).Should().Be(0);
        Planned(Scenes.Finalising().RouteAt(0).At(2) with { ApexOnPrimary = false }).Should().NotContain("Deployment podinfo");
        Planned(Scenes.Finalising().RouteAt(0).At(2).Push("3")).Should().NotContain("Deployment podinfo", "a newer revision comes next");
    }

    [Fact]
    public void A_rolled_back_candidate_is_scaled_down_once()
    {
        var failed = Scenes.Failed().RouteAt(0).At(2) with { Target = Versions.Target("2") };

        Replicas(failed.WithRun(run => run with { RetiredAt = null })).Should().Be(0);
        Planned(failed).Should().NotContain("Deployment podinfo", "who scales it up later means it");
        Planned(failed.WithRun(run => run with { RetiredAt = null }).RouteAt(20)).Should().NotContain("Deployment podinfo");
    }

    [Theory]
    [InlineData(Phase.Initialized)]
    [InlineData(Phase.Succeeded)]
    [InlineData(Phase.Waiting)]
    public void An_idle_target_that_somebody_scales_up_is_left_alone(Phase phase) =>
        Planned(Scenes.Resting() with { Status = Scenes.Resting().Status with { Phase = phase }, Target = Versions.Target("1") })
            .Should().NotContain("Deployment podinfo");

    [Fact]
    public void A_target_that_was_deleted_in_mid_run_loses_its_share_of_the_traffic()
    {
        var rolledBack = (Scenes.Progressing(40) with { Target = null }).After();

        Planned(rolledBack).Should().Equal("VirtualService podinfo");
        var route = Shape(rolledBack, "VirtualService podinfo", null);
        route["spec"]!["http"]![0]!["route"]![1]!["weight"]!.GetValue<int>().Should().Be(0);
        Planned(rolledBack.WithPrimary(primary => primary with { ReadyEndpoints = 0 })).Should().BeEmpty();
    }

    [Fact]
    public void Old_snapshots_go_and_used_ones_stay()
    {
        var kept = Scenes.Failed() with { Snapshots = Scenes.Kept("1", "2", "3", "4") };

        Removed(kept).Should().BeEquivalentTo(Versions.RevisionOf("3"), Versions.RevisionOf("4"));
        Removed(kept with { Status = kept.Status with { History = [kept.Status.History[0] with { Revision = Versions.V3 }] } })
            .Should().BeEquivalentTo(Versions.RevisionOf("4"));

        static IEnumerable<string> Removed(Scene scene) =>
            Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Remove>().Select(change => change.Id.Name["podinfo-".Length..]);
    }

    [Fact]
    public void A_revision_is_kept_when_it_is_taken_up_and_not_before()
    {
        Planned(Scenes.Resting().Push("2").After()).Should().Contain("ControllerRevision podinfo-*");
        Planned(Scenes.Promoting().Push("3")).Should().NotContain("ControllerRevision podinfo-*");
        var snapshot = Shape(Scenes.Resting().Push("2").After(), "ControllerRevision podinfo-*", null);
        JsonNode.DeepEquals(snapshot["data"], Versions.Snapshot("2")).Should().BeTrue();
        snapshot["metadata"]!["name"]!.GetValue<string>().Should().Be($"podinfo-{Versions.V2}");
    }

    [Fact]
    public void A_deleted_Canary_whose_spec_has_errors_is_handed_back_too() =>
        Planned(Scenes.Terminating() with { Steps = """ "stepWeight": 0 """ }).Should().Equal(Planned(Scenes.Terminating()));

    private static List<string> Planned(Scene scene) => [.. Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().Select(Name)];

    private static string Name(Change change) => change.Id.Kind == ObjectKind.ControllerRevision ? "ControllerRevision podinfo-*" : change.Id.ToString();

    private static int Replicas(Scene scene) =>
        Shape(scene, "Deployment podinfo", new JsonObject { ["spec"] = new JsonObject { ["replicas"] = -1 } })["spec"]!["replicas"]!.GetValue<int>();

    private static JsonObject Shape(Scene scene, string name, JsonObject? live) =>
        Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().Single(change => Name(change) == name).From(live)!;
}
