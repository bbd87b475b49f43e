using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Core.Targets;
using Rollouts.Model;

namespace Rollouts.Core.Tests.Targets;

public class DaemonRestTests
{
    [Theory]
    [InlineData("rollouts.dev/scale-to-zero")]
    [InlineData("flagger.app/scale-to-zero")]
    public void Being_at_rest_is_no_part_of_a_revision(string label)
    {
        var resting = TargetKinds.Released(TargetKind.DaemonSet, Spec($$"""{"{{label}}": "true"}"""));

        Revision.Of(resting["template"]!).Should().Be(Revision.Of(Spec(null)["template"]!));
    }

    [Fact]
    public void A_node_selector_of_the_users_is_part_of_it() =>
        Revision.Of(TargetKinds.Released(TargetKind.DaemonSet, Spec("""{"disk": "ssd"}"""))["template"]!).Should().NotBe(Revision.Of(Spec(null)["template"]!));

    [Fact]
    public void Resting_and_waking_leaves_a_node_selector_of_the_users_as_it_was()
    {
        var spec = Spec("""{"disk": "ssd"}""");

        DaemonRest.Put(spec);
        Selector(spec).Should().Be("""{"disk":"ssd","rollouts.dev/scale-to-zero":"true"}""");
        DaemonRest.Take(spec);
        Selector(spec).Should().Be("""{"disk":"ssd"}""");
    }

    [Fact]
    public void A_node_selector_that_only_kept_it_at_rest_goes_with_that()
    {
        var spec = Spec("""{"flagger.app/scale-to-zero": "true"}""");

        DaemonRest.Take(spec);

        spec["template"]!["spec"]!.AsObject().Should().NotContainKey("nodeSelector");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_earlier_template_is_given_back_without_waking_or_resting_the_set(bool isResting)
    {
        var live = new JsonObject { ["spec"] = Spec(isResting ? """{"rollouts.dev/scale-to-zero": "true"}""" : null) };

        TargetKinds.Restore(TargetKind.DaemonSet, live, Spec("""{"disk": "ssd"}"""));

        DaemonRest.IsIn(live["spec"]!["template"]).Should().Be(isResting);
        live["spec"]!["template"]!["spec"]!["nodeSelector"]!["disk"]!.ToString().Should().Be("ssd");
    }

    private static JsonObject Spec(string? nodes)
    {
        var pod = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["image"] = "podinfo:1" }) };
        if (nodes is not null)
            pod["nodeSelector"] = JsonNode.Parse(nodes);
        return new JsonObject { ["template"] = new JsonObject { ["spec"] = pod } };
    }

    private static string Selector(JsonObject spec) => spec["template"]!["spec"]!["nodeSelector"]!.ToJsonString();
}
