using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;

namespace Rollouts.Core.Tests.Blueprints;

/// <summary>The primary Deployment and the Services.</summary>
public class PrimaryTests
{
    [Fact]
    public void The_primary_is_made_from_the_target_and_can_be_told_from_it()
    {
        var primary = Shape(Scenes.Initializing(), ObjectKind.Deployment, "podinfo-primary", null)!;

        primary["metadata"]!["labels"]!.ToJsonString().Should().Be(
            """{"rollouts.dev/canary":"podinfo","app.kubernetes.io/managed-by":"rollouts","app":"podinfo-primary"}""");
        primary["metadata"]!.AsObject().Should().NotContain(field => field.Key == "ownerReferences", "a foreground deletion would remove it at once");
        var spec = primary["spec"]!;
        spec["selector"]!.ToJsonString().Should().Be("""{"matchLabels":{"app":"podinfo-primary"}}""");
        (spec["replicas"]!.GetValue<int>(), spec["minReadySeconds"]!.GetValue<int>()).Should().Be((2, 5));
        spec["template"]!["metadata"]!.ToJsonString().Should().Be(
            $$$"""{"labels":{"app":"podinfo-primary"},"annotations":{"rollouts.dev/revision":"{{{Versions.V1}}}"}}""");
        JsonNode.DeepEquals(spec["template"]!["spec"], Versions.Template("1")["spec"]).Should().BeTrue();
    }

    [Fact]
    public void A_target_that_rests_gives_a_primary_of_one_pod() =>
        Shape(Scenes.Initializing() with { Target = Scenes.Resting("1") }, ObjectKind.Deployment, "podinfo-primary", null)!["spec"]!["replicas"]!
            .GetValue<int>().Should().Be(1);

    // D14
    [Fact]
    public void What_was_analysed_is_promoted_whatever_the_target_holds_by_then()
    {
        var spec = Shape(Scenes.Promoting().Push("3"), ObjectKind.Deployment, "podinfo-primary", Live())!["spec"]!;

        spec["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>().Should().Be("podinfo:2");
        spec["template"]!["metadata"]!["annotations"]![Names.RevisionAnnotation]!.GetValue<string>().Should().Be(Versions.V2);
    }

    [Fact]
    public void Without_its_snapshot_a_newer_target_is_not_promoted_in_its_place() =>
        Shape(Scenes.Promoting().Push("3") with { Snapshots = Scenes.Kept("1") }, ObjectKind.Deployment, "podinfo-primary", Live()).Should().BeNull();

    [Fact]
    public void A_promotion_that_failed_gives_the_primary_its_template_back()
    {
        var failed = (Scenes.Promoting() with { Primary = Versions.Ready(Versions.V2) with { Available = 0 } }).At(60).After();

        var spec = Shape(failed, ObjectKind.Deployment, "podinfo-primary", Live())!["spec"]!;

        spec["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>().Should().Be("podinfo:1");
    }

    [Fact]
    public void Replicas_are_set_at_a_promotion_and_belong_to_others_in_between()
    {
        Replicas(Scenes.Progressing()).Should().Be(9);
        Replicas(Scenes.Resting()).Should().Be(9);
        Replicas(Scenes.Promoting()).Should().Be(2);
        Replicas(Scenes.Promoting() with { Target = Scenes.Resting("2") }).Should().Be(9, "a target at zero says nothing of the load");

        static int Replicas(Scene scene) => Shape(scene, ObjectKind.Deployment, "podinfo-primary", Live())!["spec"]!["replicas"]!.GetValue<int>();
    }

    [Fact]
    public void What_others_put_on_the_primary_survives()
    {
        var live = Live();
        live["metadata"]!["annotations"] = new JsonObject { ["note"] = "kept" };
        live["spec"]!["paused"] = false;

        var shaped = Shape(Scenes.Resting(), ObjectKind.Deployment, "podinfo-primary", live)!;

        shaped["metadata"]!["annotations"]!["note"]!.GetValue<string>().Should().Be("kept");
        shaped["spec"]!["paused"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public void A_Service_that_the_user_had_keeps_all_but_its_selector_and_our_port()
    {
        var live = JsonNode.Parse("""
            {"metadata": {"labels": {"team": "web"}, "annotations": {"note": "kept"}},
             "spec": {"type": "LoadBalancer", "selector": {"app": "podinfo", "track": "old"},
                      "ports": [{"name": "admin", "port": 9000}, {"name": "web", "port": 80, "nodePort": 30080, "targetPort": 1}]}}
            """)!.AsObject();

        var shaped = Shape(Scenes.Resting(), ObjectKind.Service, "podinfo", live)!;

        shaped["spec"]!.ToJsonString().Should().Be(
            """{"type":"LoadBalancer","selector":{"app":"podinfo-primary"},"ports":[{"name":"admin","port":9000},"""
            + """{"name":"http","port":80,"nodePort":30080,"targetPort":9898}]}""");
        shaped["metadata"]!["labels"]!.AsObject().Should().NotContain(label => label.Key == Names.MadeByLabel, "we found it");
        shaped["metadata"]!["labels"]!["team"]!.GetValue<string>().Should().Be("web");
    }

    [Theory]
    [InlineData("podinfo", "podinfo-primary")]
    [InlineData("podinfo-primary", "podinfo-primary")]
    [InlineData("podinfo-canary", "podinfo")]
    public void Every_Service_selects_its_pods(string service, string pods)
    {
        var shaped = Shape(Scenes.Progressing(), ObjectKind.Service, service, null)!;

        shaped["spec"]!["selector"]!.ToJsonString().Should().Be($$"""{"app":"{{pods}}"}""");
        shaped["spec"]!["ports"]!.ToJsonString().Should().Be("""[{"port":80,"protocol":"TCP","name":"http","targetPort":9898}]""");
        shaped["metadata"]!["labels"]![Names.MadeByLabel]!.GetValue<string>().Should().Be("rollouts");
    }

    private static JsonObject Live() => JsonNode.Parse("""{"metadata": {"name": "podinfo-primary"}, "spec": {"replicas": 9}}""")!.AsObject();

    private static JsonObject? Shape(Scene scene, ObjectKind kind, string name, JsonObject? live) =>
        Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().SingleOrDefault(change => change.Id == new ObjectId(kind, name))?.From(live);
}
