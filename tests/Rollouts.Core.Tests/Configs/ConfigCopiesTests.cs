using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Configs;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Configs;

/// <summary>What belongs to the analysed revision is what the primary reads.</summary>
public class ConfigCopiesTests
{
    private const string Pod = """
        {"containers": [{"name": "a", "image": "podinfo:1", "envFrom": [{"configMapRef": {"name": "colors"}}, {"configMapRef": {"name": "shared"}}]}]}
        """;

    private static readonly ObjectId Primary = new(ObjectKind.ConfigMap, "colors-primary");

    [Fact]
    public void A_revision_that_is_taken_up_has_its_contents_kept_where_nobody_can_change_them()
    {
        var scene = Run("red", "blue");

        Copies(scene).Should().Contain(new Change.Copy(new(ObjectKind.ConfigMap, "podinfo-colors-blue"), new(ObjectKind.ConfigMap, "colors"), "blue", true, EquatableMap.Empty));
        Snapshot(scene)["configs"]!.ToJsonString().Should().Be("""{"configmap/colors":{"hash":"blue"}}""");
    }

    [Fact]
    public void A_config_that_nobody_has_taken_up_yet_is_not_kept() =>
        Copies(Run("red", "blue") with { Target = Target("green") }).Should().NotContain(copy => copy.Digest == "green");

    // D14, for configs.
    [Fact]
    public void The_primary_reads_what_was_promoted_and_in_promotion_what_was_analysed_whatever_the_object_holds_by_then()
    {
        Copy(Run("red", "blue"), Primary).Should().Be(new Change.Copy(Primary, new(ObjectKind.ConfigMap, "podinfo-colors-red"), "red", false, EquatableMap.Empty));
        Copy(In(Run("red", "blue") with { Target = Target("green") }, Phase.Promoting), Primary).Digest.Should().Be("blue");
        Copy(In(Run("red", "blue"), Phase.Failed), Primary).Digest.Should().Be("red");
    }

    // D19: a copy of an immutable object was mutable.
    [Fact]
    public void The_copy_of_an_immutable_object_is_immutable()
    {
        var scene = Run("red", "blue") with { Snapshots = Kept(("red", true), ("blue", false)) };

        Copy(scene, Primary).IsImmutable.Should().BeTrue();
        Copy(In(scene, Phase.Promoting), Primary).IsImmutable.Should().BeFalse();
    }

    [Fact]
    public void The_primarys_template_refers_to_the_copies_and_shares_what_is_not_tracked() =>
        PrimaryPod(Run("red", "blue")).Should().Contain("""{"name":"colors-primary"}""").And.Contain("""{"name":"shared"}""");

    [Fact]
    public void Where_somebody_else_has_the_name_the_copy_has_one_of_its_own_and_keeps_it()
    {
        var own = new ObjectId(ObjectKind.ConfigMap, "colors-podinfo-primary");
        var taken = Run("red", "blue") with { TakenConfigNames = [Primary] };

        Copy(taken, own).Digest.Should().Be("red");
        PrimaryPod(taken).Should().Contain("""{"name":"colors-podinfo-primary"}""");
        Copy(Run("red", "blue") with { ConfigCopies = new Dictionary<ObjectId, string> { [own] = "red" } }, own).Digest.Should().Be("red");
    }

    [Fact]
    public void Copies_are_there_before_the_primary_that_reads_them() =>
        Blueprint.For(Run("red", "blue").Seen(), Run("red", "blue").Status).Select(change => change.Id.ToString())
            .Should().ContainInOrder("ConfigMap podinfo-colors-blue", "ConfigMap colors-primary", "Deployment podinfo-primary");

    [Fact]
    public void Copies_of_what_is_no_longer_kept_go_once_nobody_can_ask_for_them()
    {
        var scene = In(Run("red", "red"), Phase.Succeeded) with
        {
            Primary = Versions.Ready(RevisionOf("red")),
            ConfigCopies = new[] { "podinfo-colors-red", "podinfo-colors-old", "colors-primary", "gone-primary" }
                .ToDictionary(name => new ObjectId(ObjectKind.ConfigMap, name), _ => ""),
        };

        Removed(scene).Should().Equal("gone-primary", "podinfo-colors-old");
        Removed(scene.WithPrimary(primary => primary with { Updated = 1 })).Should().BeEmpty("pods of an earlier template are still there");
        Removed(In(scene, Phase.Progressing)).Should().BeEmpty();
        Removed(In(scene, Phase.Terminating) with { IsDeleted = true, Target = null }).Should().HaveCount(4);
    }

    [Fact]
    public void The_status_says_what_is_tracked() =>
        Run("red", "blue").Decide().Status.TrackedConfigs.Should().Equal(new EquatableMap([new("configmap/colors", "blue")]));

    [Fact]
    public void A_missing_config_holds_what_rests_and_nothing_that_is_under_way()
    {
        var problem = Refused(Run("red", "blue"));

        In(problem, Phase.Succeeded).Decide().Status.Conditions.Should().Contain(condition => condition.Reason == "TargetUnfit");
        problem.Decide().Status.Conditions.Should().NotContain(condition => condition.Reason == "TargetUnfit");

        static Scene Refused(Scene scene) => scene with { Target = scene.Target! with { Problem = "It lacks something." } };
    }

    /// <summary>A run of the contents under test at step 1, on a primary with those that were promoted.</summary>
    internal static Scene Run(string promoted, string tested)
    {
        var scene = Scenes.Progressing().WithRun(run => run with { Revision = RevisionOf(tested) });
        return scene with
        {
            Status = scene.Status with { StableRevision = RevisionOf(promoted), LastAppliedSpec = RevisionOf(tested) },
            Target = Target(tested),
            Primary = Versions.Ready(RevisionOf(promoted)),
            Snapshots = Kept((promoted, false), (tested, false)),
        };
    }

    internal static TargetFacts Target(string digest) => new(Versions.Ready(RevisionOf(digest)), Versions.Selector, Spec())
    {
        Configs = [new TrackedConfig(new(ObjectKind.ConfigMap, "colors"), digest, false, EquatableMap.Empty)],
    };

    internal static string RevisionOf(string digest) => $"with-{digest}";

    private static JsonObject Spec()
    {
        var spec = Versions.Spec("1");
        spec["template"]!["spec"] = JsonNode.Parse(Pod);
        return spec;
    }

    private static Dictionary<string, JsonObject> Kept(params (string Digest, bool IsImmutable)[] kept) =>
        kept.DistinctBy(one => one.Digest).ToDictionary(one => RevisionOf(one.Digest), one => new JsonObject
        {
            ["template"] = Spec()["template"]!.DeepClone(),
            ["configs"] = JsonNode.Parse($$$"""{"configmap/colors": {"hash": "{{{one.Digest}}}"{{{(one.IsImmutable ? """, "immutable": true""" : "")}}}}}"""),
        });

    private static Scene In(Scene scene, Phase phase) => scene with { Status = scene.Status with { Phase = phase } };

    private static List<Change.Copy> Copies(Scene scene) => [.. Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Copy>()];

    private static Change.Copy Copy(Scene scene, ObjectId id) => Copies(scene).Single(copy => copy.Id == id);

    private static IEnumerable<string> Removed(Scene scene) =>
        Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Remove>().Where(change => change.Id.Kind == ObjectKind.ConfigMap).Select(change => change.Id.Name);

    private static JsonObject Snapshot(Scene scene) => Blueprint.For((scene with { Snapshots = Scenes.Kept() }).Seen(), scene.Status).OfType<Change.Shape>()
        .Single(change => change.Id.Kind == ObjectKind.ControllerRevision).From(null)!["data"]!.AsObject();

    private static string PrimaryPod(Scene scene) => Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>()
        .Single(change => change.Id == new ObjectId(ObjectKind.Deployment, "podinfo-primary")).From(null)!["spec"]!["template"]!["spec"]!.ToJsonString();
}
