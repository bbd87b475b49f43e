using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;
using Rollouts.Model.Service;

namespace Rollouts.Core.Tests.Blueprints;

/// <summary>What the target's template says of its own pods the primary's says of the primary's.</summary>
public class SpreadingTests
{
    private const string Selects = """{"matchLabels": {"app": "podinfo", "tier": "podinfo"}, "matchExpressions": [{"key": "app", "operator": "In", "values": ["podinfo", "other", "podinfo"]}]}""";

    private const string Turned = """{"matchLabels":{"app":"podinfo-primary","tier":"podinfo"},"matchExpressions":[{"key":"app","operator":"In","values":["podinfo-primary","other","podinfo-primary"]}]}""";

    [Theory]
    [InlineData("""{"affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "zone", "labelSelector": X}]}}}""")]
    [InlineData("""{"affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "podAffinityTerm": {"labelSelector": X}}]}}}""")]
    [InlineData("""{"topologySpreadConstraints": [{"maxSkew": 1, "labelSelector": X}]}""")]
    public void The_primarys_pods_keep_away_from_each_other_and_not_from_the_candidates(string pod) =>
        Primary(pod.Replace("X", Selects)).Should().Be(Compact(pod).Replace("X", Turned));

    [Theory]
    [InlineData("""{"affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"labelSelector": X}]}}}""")]
    [InlineData("""{"topologySpreadConstraints": [{"labelSelector": {"matchLabels": {"app": "other", "name": "podinfo"}}}]}""")]
    [InlineData("""{"topologySpreadConstraints": [{"labelSelector": {"matchExpressions": [{"key": "app", "operator": "Exists"}]}}]}""")]
    [InlineData("""{"affinity": "nonsense", "topologySpreadConstraints": [1, null]}""")]
    public void What_speaks_of_other_pods_stays(string pod) =>
        Primary(pod.Replace("X", Selects)).Should().Be(Compact(pod).Replace("X", JsonNode.Parse(Selects)!.ToJsonString()));

    [Fact]
    public void Labels_and_annotations_that_the_primary_inherits_never_take_away_what_it_is_known_by()
    {
        var scene = Scenes.Resting() with
        {
            Target = Versions.Target("1") with
            {
                Inherited = new ExtraMetadata(new([new("app", "podinfo"), new("team", "web")]), new([new("owner", "shop")])),
            },
        };

        var metadata = Shape(scene)["metadata"]!;

        metadata["labels"]!["app"]!.GetValue<string>().Should().Be("podinfo-primary");
        metadata["labels"]!["team"]!.GetValue<string>().Should().Be("web");
        metadata["annotations"]!.ToJsonString().Should().Be("""{"owner":"shop"}""");
    }

    private static string Primary(string pod)
    {
        var template = Versions.Template("1");
        template["spec"] = JsonNode.Parse(pod);
        var kept = new Dictionary<string, JsonObject> { [Versions.V1] = new() { ["template"] = template } };
        return Shape(Scenes.Initializing() with { Snapshots = kept })["spec"]!["template"]!["spec"]!.ToJsonString();
    }

    private static JsonObject Shape(Scene scene) => Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>()
        .Single(change => change.Id == new ObjectId(ObjectKind.Deployment, "podinfo-primary")).From(null)!;

    private static string Compact(string json) => JsonNode.Parse(json.Replace("X", "\"X\""))!.ToJsonString().Replace("\"X\"", "X");
}
