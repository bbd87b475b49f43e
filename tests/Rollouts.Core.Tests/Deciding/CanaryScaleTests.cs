using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>A step that asks for a number of pods.</summary>
public class CanaryScaleTests
{
    private const string Steps = """ "steps": [{"setCanaryScale": {"replicas": 5}}, {"setWeight": 20}] """;

    [Theory]
    [InlineData(5, null, 4, 5)]
    [InlineData(null, 50, 4, 2)]
    [InlineData(null, 10, 4, 1)]
    [InlineData(null, 30, 4, 2)]
    public void The_target_is_given_as_many_pods_as_the_step_says(int? replicas, int? percent, int primary, int wanted)
    {
        var scene = Scaling(new CanaryScale(replicas, percent is { } share ? new Percentage(share) : null)) with { Primary = Versions.Ready(Versions.V1, primary) };

        Replicas(scene.WithTarget(pods => pods with { Wanted = 9 })).Should().Be(wanted);
        Replicas(scene with { Target = Versions.Target("2", wanted) }).Should().BeNull("it has them already");
    }

    [Fact]
    public void A_run_without_such_a_step_leaves_the_number_alone() => Replicas(Scaling(null).WithTarget(pods => pods with { Wanted = 9 })).Should().BeNull();

    [Fact]
    public void It_asks_for_no_more_than_the_autoscaler_allows_and_waits_for_no_more_either()
    {
        var scene = Bounded(Scaling(new CanaryScale(5, null)), most: 3);

        Replicas(scene).Should().Be(3);
        (scene with { Target = Versions.Target("2", 3) }).Decide().Status.Run?.Step.Should().Be(2);
        scene.Decide().Status.Run?.Step.Should().Be(1, "two pods are not three");
    }

    [Fact]
    public void The_step_is_over_when_all_of_them_are_ready_and_not_before()
    {
        var scene = Scaling(new CanaryScale(5, null));

        scene.Decide().Status.Run.Should().Match<RunStatus>(run => run.Step == 1 && run.Holds != null, "the two of before are still wanted");
        (scene with { Target = Versions.Target("2", 5) }).WithTarget(pods => pods with { Available = 4 }).Decide().Status.Run?.Step.Should().Be(1);
        (scene with { Target = Versions.Target("2", 5) }).Decide().Status.CanaryWeight.Should().Be(new Weight(20));
    }

    [Fact]
    public void It_holds_to_the_end_of_the_run_and_no_longer()
    {
        var promoting = Scaling(new CanaryScale(5, null));
        promoting = promoting with { Status = promoting.Status with { Phase = Phase.Promoting }, Target = Versions.Target("2", 5) };
        Replicas(promoting).Should().BeNull();

        Replicas(promoting.WithTarget(pods => pods with { Wanted = 2 })).Should().Be(5);
        var next = promoting with { Status = promoting.Status with { Phase = Phase.Progressing } };
        next.Push("3").Decide().Status.Run?.Scale.Should().BeNull("the next run begins with what the primary has");
    }

    /// <summary>At the step of the scale, two pods ready, and the route where it is to be.</summary>
    private static Scene Scaling(CanaryScale? scale) => (Scenes.Progressing(0) with { Steps = Steps }).At(1).WithRun(run => run with
    {
        Step = 1,
        StepProgram = ["setCanaryScale: 5", "setWeight: 20"],
        Scale = scale,
    });

    private static Scene Bounded(Scene scene, int most) => scene with
    {
        Scaler = new ScalerFacts(new(ObjectKind.HorizontalPodAutoscaler, "podinfo"), JsonNode.Parse($$$"""{"metadata": {}, "spec": {"scaleTargetRef": {}, "maxReplicas": {{{most}}}}}""")!.AsObject()),
        Spec = """ "autoscalerRef": {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "podinfo"} """,
    };

    /// <summary>What the target is told to have; null: nothing.</summary>
    private static int? Replicas(Scene scene) =>
        Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().SingleOrDefault(change => change.Id == new ObjectId(ObjectKind.Deployment, "podinfo"))
            ?.From(new JsonObject { ["spec"] = new JsonObject() })?["spec"]?["replicas"]?.GetValue<int>();
}
