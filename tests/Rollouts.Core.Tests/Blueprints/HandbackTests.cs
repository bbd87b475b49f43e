using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;

namespace Rollouts.Core.Tests.Blueprints;

/// <summary>Deleting a Canary is never an outage.</summary>
public class HandbackTests
{
    [Fact]
    public void First_the_target_gets_the_replicas_of_the_primary()
    {
        var scene = Scenes.Terminating() with { Primary = Versions.Ready(Versions.V1, 5) };

        Planned(scene).Should().Equal("Deployment podinfo");
        Shaped(scene)["spec"]!["replicas"]!.GetValue<int>().Should().Be(5);
    }

    [Fact]
    public void And_the_proven_template_where_a_run_was_under_way()
    {
        var scene = Scenes.Progressing(40) with { IsDeleted = true };
        scene = scene.After();

        Planned(scene).Should().Equal("Deployment podinfo");
        Shaped(scene)["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>().Should().Be("podinfo:1");
        Planned(scene with { Target = Versions.Target("1") }).Should().Equal("Service podinfo", "VirtualService podinfo");
    }

    // Deleted before the apex Service was made, which nobody had before: it would stay Terminating for ever.
    [Fact]
    public void A_Canary_that_was_deleted_before_anything_was_aimed_at_its_primary_goes_at_once()
    {
        var begun = Scenes.Terminating() with { Target = Versions.Target("1"), ApexOnPrimary = false, Route = RouteFacts.None };

        Planned(begun.WithTarget(pods => pods with { Available = 0 })).Should().Contain("- Deployment podinfo-primary").And.EndWith("Canary podinfo");
        Planned(begun.RouteAt(0)).Should().NotContain("- Deployment podinfo-primary");
        Planned(begun with { ApexOnPrimary = true }).Should().NotContain("- Deployment podinfo-primary");
    }

    [Fact]
    public void Then_once_it_is_ready_Service_and_route()
    {
        var ready = Scenes.Terminating() with { Target = Versions.Target("1") };

        Planned(ready).Should().Equal("Service podinfo", "VirtualService podinfo");
        Planned(ready.WithTarget(pods => pods with { Available = 1 })).Should().BeEmpty();
        Planned(ready.WithTarget(pods => pods with { ReadyEndpoints = 0 })).Should().BeEmpty();
    }

    [Fact]
    public void And_only_when_both_were_seen_there_for_a_while_what_we_made_goes()
    {
        var handedBack = Scenes.Terminating() with { Target = Versions.Target("1"), HandedBackSince = Scene.Noon };

        Planned(handedBack.At(4.9)).Should().Equal("Service podinfo", "VirtualService podinfo");
        Planned(handedBack.At(5)).Should().Equal(
            "Service podinfo",
            "VirtualService podinfo",
            "- DestinationRule podinfo-primary",
            "- DestinationRule podinfo-canary",
            "- Service podinfo-primary",
            "- Service podinfo-canary",
            "- Deployment podinfo-primary",
            $"- ControllerRevision podinfo-{Versions.V1}",
            "Canary podinfo");
    }

    [Fact]
    public void An_orphaned_Canary_leaves_everything_as_it_is() =>
        Planned(Scenes.Terminating() with { Spec = """ "deletionPolicy": "orphan" """ }).Should().Equal("Canary podinfo");

    [Fact]
    public void A_Canary_that_never_took_anything_over_is_let_go_with_what_it_began() =>
        Planned(Scenes.Terminating() with { Primary = null, ApexOnPrimary = false }).Should().EndWith("Canary podinfo")
            .And.Contain("- Service podinfo-primary").And.NotContain("VirtualService podinfo");

    [Fact]
    public void Where_the_target_is_gone_too_what_we_made_in_front_of_it_goes_and_what_we_found_stays()
    {
        var changes = Blueprint.For((Scenes.Terminating() with { Target = null }).Seen(), Scenes.Terminating().Status);

        changes.OfType<Change.Remove>().Where(change => change.Id.Name == "podinfo").Should().HaveCount(2).And.OnlyContain(change => change.OnlyIfMade);
    }

    [Fact]
    public void The_finalizer_is_held_once_and_only_ours_is_released()
    {
        var live = JsonNode.Parse("""{"metadata": {"finalizers": ["other"]}}""")!.AsObject();
        var hold = Finalizer(Scenes.Resting());
        var release = Finalizer(Scenes.Terminating() with { Spec = """ "deletionPolicy": "orphan" """ });

        var held = hold(live)!;
        held["metadata"]!["finalizers"]!.ToJsonString().Should().Be("""["other","rollouts.dev/handback"]""");
        hold(held).Should().BeNull();
        hold(JsonNode.Parse("""{"metadata": {"deletionTimestamp": "2026-03-01T12:00:00Z"}}""")!.AsObject()).Should().BeNull("the API server refuses it");
        release(held)!["metadata"]!["finalizers"]!.ToJsonString().Should().Be("""["other"]""");
        release(live).Should().BeNull();

        static Func<JsonObject?, JsonObject?> Finalizer(Scene scene) =>
            Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().Single(change => change.Id.Kind == ObjectKind.Canary).From;
    }

    private static List<string> Planned(Scene scene) =>
        [.. Blueprint.For(scene.Seen(), scene.Status).Select(change => change is Change.Remove ? $"- {change.Id}" : change.Id.ToString())];

    /// <summary>The target after every change to it, as the cluster applies them one by one.</summary>
    private static JsonObject Shaped(Scene scene) =>
        Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().Where(change => change.Id == new ObjectId(ObjectKind.Deployment, "podinfo"))
            .Aggregate(new JsonObject { ["spec"] = scene.Target!.Spec.DeepClone() }, (live, change) => change.From(live)!);
}
