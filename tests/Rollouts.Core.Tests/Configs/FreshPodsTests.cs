using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Configs;
using Rollouts.Core.Tests.Building;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Configs;

/// <summary>A run with configs is analysed on pods that were started for it.</summary>
public class FreshPodsTests
{
    [Fact]
    public void Pods_from_before_the_run_are_not_ready_for_it_whatever_they_say()
    {
        var judged = Judge(Begun() with { Target = Crashing() });

        (judged.Workload.UpToDate, judged.Workload.Failure).Should().Be((false, null));
        Judge(Marked(Begun())).Workload.UpToDate.Should().BeTrue();
        Judge(Begun().WithRun(run => run with { Step = 1 })).Workload.UpToDate.Should().BeTrue("it takes traffic by now");
        Judge(Begun() with { Target = ConfigCopiesTests.Target("blue") with { Configs = [] } }).Workload.UpToDate.Should().BeTrue("its template says all");
    }

    [Fact]
    public void They_go_once_nothing_is_sent_to_them_any_more()
    {
        Scaled(Begun().RouteAt(0).At(2)).Should().Be("0 pods");
        Scaled(Begun().RouteAt(0).At(1)).Should().BeNull();
        Scaled(Begun().RouteAt(20).At(2)).Should().BeNull();
        Scaled(Marked(Begun()).RouteAt(0).At(2)).Should().BeNull();
        (Begun() with { Target = Judge(Begun()) }).RouteAt(0).At(1).Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(2), "no event tells when proxies have followed");
    }

    [Fact]
    public void And_only_when_the_last_is_gone_new_ones_are_started_and_the_target_says_for_which_run()
    {
        var going = Begun().RouteAt(0).At(2).WithTarget(pods => pods with { Wanted = 0, Total = 1 });

        Scaled(going).Should().BeNull();
        Scaled(going.WithTarget(pods => pods with { Total = 0, UpToDate = false })).Should().BeNull();
        Scaled(going.WithTarget(pods => pods with { Total = 0 })).Should().Be("2 pods for 1-with-blue");
    }

    private static Scene Begun() => ConfigCopiesTests.Run("red", "blue").RouteAt(0).WithRun(run => run with { Step = 0, Split = Model.Split.AllPrimary });

    private static Scene Marked(Scene scene) => scene with { Target = scene.Target! with { StartedForRun = "1-with-blue" } };

    private static TargetFacts Crashing() =>
        ConfigCopiesTests.Target("blue") is var target ? target with { Workload = target.Workload with { Failure = new("a", "CrashLoopBackOff", "b") } } : target;

    private static TargetFacts Judge(Scene scene) => FreshPods.Judge(scene.Status, scene.Target!);

    private static string? Scaled(Scene scene)
    {
        var change = Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().SingleOrDefault(change => change.Id == new ObjectId(ObjectKind.Deployment, "podinfo"));
        return change?.From(new JsonObject { ["spec"] = new JsonObject() }) is { } target
            ? $"{target["spec"]!["replicas"]} pods{(target["metadata"]?["annotations"]?[FreshPods.Annotation] is { } run ? $" for {run}" : "")}"
            : null;
    }
}
