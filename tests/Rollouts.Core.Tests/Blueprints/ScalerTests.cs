using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Blueprints;

/// <summary>The autoscalers of target and primary.</summary>
public class ScalerTests
{
    private const string Pods = """
        {
          "metadata": {"labels": {"team": "web"}, "annotations": {"note": "n", "kubectl.kubernetes.io/last-applied-configuration": "{}"}},
          "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"}, "minReplicas": 3, "maxReplicas": 5, "metrics": [{"type": "Resource"}]}
        }
        """;

    private const string Keda = """
        {
          "metadata": {"labels": {"scaledobject.keda.sh/name": "podinfo"}, "annotations": {"autoscaling.keda.sh/paused-replicas": "0", "scaledobject.keda.sh/transfer-hpa-ownership": "true"}},
          "spec": {
            "scaleTargetRef": {"name": "podinfo"}, "minReplicaCount": 2, "maxReplicaCount": 4,
            "advanced": {"horizontalPodAutoscalerConfig": {"name": "podinfo-hpa"}},
            "triggers": [{"type": "prometheus", "name": "load", "metadata": {"query": "QUERY"}}, {"type": "cron", "metadata": {"start": "1"}}]
          }
        }
        """;

    private static readonly ObjectId Hpa = new(ObjectKind.HorizontalPodAutoscaler, "podinfo");

    private static readonly ObjectId ScaledObject = new(ObjectKind.ScaledObject, "podinfo");

    // D31: the metadata of Flagger's copy never follows.
    [Fact]
    public void The_primary_has_a_copy_of_the_autoscaler_with_its_metadata()
    {
        var copy = Shaped(With(Scenes.Resting(), Hpa, Pods), Scalers.PrimaryOf(Hpa), null)!;

        copy["spec"]!.ToJsonString().Should().Be(
            """{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"podinfo-primary"},"minReplicas":3,"maxReplicas":5,"metrics":[{"type":"Resource"}]}""");
        copy["metadata"]!.ToJsonString().Should().Contain("\"team\":\"web\"").And.Contain("""{"note":"n"}""").And.Contain(Names.OwnerLabel);
    }

    [Fact]
    public void The_primarys_replicas_can_be_bounded_otherwise()
    {
        var spec = Shaped(With(Scenes.Resting(), Hpa, Pods, """, "primaryScalerReplicas": {"minReplicas": 4, "maxReplicas": 9}"""), Scalers.PrimaryOf(Hpa), null)!["spec"]!;

        (spec["minReplicas"]!.GetValue<int>(), spec["maxReplicas"]!.GetValue<int>()).Should().Be((4, 9));
    }

    // D32: an autoscaler's least is what a candidate starts with, and a target at zero says nothing.
    [Fact]
    public void A_candidate_starts_with_the_autoscalers_least_and_the_primarys_replicas_are_the_autoscalers()
    {
        var run = With(Scenes.Progressing(0) with { Target = Scenes.Resting("2"), Primary = Versions.Ready(Versions.V1, 7) }, Hpa, Pods);

        Replicas(run, "podinfo").Should().Be(3);
        Replicas(With(Scenes.Promoting(), Hpa, Pods).WithTarget(pods => pods with { Wanted = 12 }), "podinfo-primary").Should().Be(-1, "it is left alone");
    }

    [Theory]
    [InlineData("sum(rate(requests{deployment='podinfo'}[1m]))", "sum(rate(requests{deployment='podinfo-primary'}[1m]))")]
    [InlineData("x{pod=~'podinfo-[0-9a-z]+', svc='podinfo-canary'}", "x{pod=~'podinfo-primary-[0-9a-z]+', svc='podinfo-primary'}")]
    [InlineData("podinfo_requests{app='my-podinfo', b='podinfo-primary', c='podinfos'}", "podinfo_requests{app='my-podinfo', b='podinfo-primary', c='podinfos'}")]
    public void What_triggers_ask_is_asked_of_the_primary(string query, string primary) =>
        Shaped(With(Scenes.Resting(), ScaledObject, Keda.Replace("QUERY", query)), Scalers.PrimaryOf(ScaledObject), null)!["spec"]!["triggers"]![0]!["metadata"]!["query"]!
            .GetValue<string>().Should().Be(primary);

    [Fact]
    public void A_query_that_is_given_goes_before_and_then_the_others_stay()
    {
        var given = With(Scenes.Resting(), ScaledObject, Keda.Replace("QUERY", "podinfo"), """, "primaryScalerQueries": {"load": "mine"}""");
        var other = With(Scenes.Resting(), ScaledObject, Keda.Replace("QUERY", "podinfo"), """, "primaryScalerQueries": {"another": "mine"}""");

        Query(given).Should().Be("mine");
        Query(other).Should().Be("podinfo");

        static string Query(Scene scene) =>
            Shaped(scene, Scalers.PrimaryOf(ScaledObject), null)!["spec"]!["triggers"]![0]!["metadata"]!["query"]!.GetValue<string>();
    }

    [Fact]
    public void The_copy_of_a_ScaledObject_has_an_HPA_of_its_own_and_is_never_paused()
    {
        var copy = Shaped(With(Scenes.Resting(), ScaledObject, Keda), Scalers.PrimaryOf(ScaledObject), null)!;

        copy["spec"]!["advanced"]!["horizontalPodAutoscalerConfig"]!["name"]!.GetValue<string>().Should().Be("podinfo-hpa-primary");
        copy["metadata"]!["annotations"]!.ToJsonString().Should().Be("""{"scaledobject.keda.sh/transfer-hpa-ownership":"true"}""");
        copy["metadata"]!["labels"]!.AsObject().Should().NotContain(label => label.Key == "scaledobject.keda.sh/name", "KEDA writes its own");
    }

    [Fact]
    public void The_targets_ScaledObject_is_paused_while_it_rests_and_not_in_a_run()
    {
        Paused(Scenes.Resting()).Should().Be("0");
        Paused(Scenes.Finalising().RouteAt(0).At(2)).Should().Be("0", "it is about to go to zero");
        Paused(Scenes.Finalising().RouteAt(0).At(1)).Should().BeNull("it is still draining");
        Paused(Scenes.Progressing()).Should().Be("none");
        Paused(Scenes.Progressing(0) with { Target = Scenes.Resting("2") }).Should().Be("none");
        Paused(Scenes.Terminating()).Should().Be("none", "the target serves again");
        Paused(Scenes.Terminating() with { Spec = """ "deletionPolicy": "orphan" """ }).Should().Be("none", "nobody else would ever end the pause");
        Order(Scenes.Finalising().RouteAt(0).At(2)).Should().ContainInOrder("ScaledObject podinfo", "Deployment podinfo");

        static string? Paused(Scene scene) =>
            Shaped(With(scene, ScaledObject, Keda), ScaledObject, JsonNode.Parse(Keda)!.AsObject()) is { } shaped
                ? shaped["metadata"]!["annotations"]!["autoscaling.keda.sh/paused-replicas"]?.GetValue<string>() ?? "none"
                : null;
        static IEnumerable<string> Order(Scene scene) => Blueprint.For(With(scene, ScaledObject, Keda).Seen(), scene.Status).Select(change => change.Id.ToString());
    }

    [Fact]
    public void Handed_back_the_target_gets_no_more_than_its_own_autoscaler_allows_and_the_copy_goes()
    {
        Replicas(With(Scenes.Terminating() with { Primary = Versions.Ready(Versions.V1, 9) }, Hpa, Pods), "podinfo").Should().Be(5);
        var done = With(Scenes.Terminating() with { Target = Versions.Target("1", 5), HandedBackSince = Scene.Noon }, Hpa, Pods).At(5);
        Blueprint.For(done.Seen(), done.Status).Should().Contain(new Change.Remove(Scalers.PrimaryOf(Hpa), true));
    }

    [Fact]
    public void An_autoscaler_that_is_not_there_is_named()
    {
        var status = (With(Scenes.Resting(), Hpa, Pods) with { Scaler = null }).Decide().Status;

        status.Message.Should().StartWith("HorizontalPodAutoscaler podinfo, which spec.autoscalerRef names, does not exist");
        (With(Scenes.Progressing(), Hpa, Pods) with { Scaler = null }).Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    private static Scene With(Scene scene, ObjectId id, string live, string more = "") => scene with
    {
        Scaler = new ScalerFacts(id, JsonNode.Parse(live)!.AsObject()),
        Spec = $$"""
            "autoscalerRef": {"apiVersion": "{{(id.Kind == ObjectKind.ScaledObject ? "keda.sh/v1alpha1" : "autoscaling/v2")}}", "kind": "{{id.Kind}}", "name": "{{id.Name}}"{{more}}}, {{scene.Spec}}
            """,
    };

    private static int Replicas(Scene scene, string deployment) =>
        Shaped(scene, new(ObjectKind.Deployment, deployment), new JsonObject { ["spec"] = new JsonObject { ["replicas"] = -1 } })!["spec"]!["replicas"]!.GetValue<int>();

    private static JsonObject? Shaped(Scene scene, ObjectId id, JsonObject? live) =>
        Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().SingleOrDefault(change => change.Id == id)?.From(live);
}
