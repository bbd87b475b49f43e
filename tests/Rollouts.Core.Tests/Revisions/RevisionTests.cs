using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Core.Revisions;
using Rollouts.Core.Tests.Building;
using Rollouts.TestKit;

namespace Rollouts.Core.Tests.Revisions;

public class RevisionTests
{
    private const string Template = """
        {
          "metadata": {"labels": {"app": "podinfo"}, "annotations": {"note": "ü \"quoted\" <b>"}},
          "spec": {"containers": [{"name": "podinfod", "image": "podinfo:6.0.0", "ports": [{"containerPort": 9898}],
                                   "resources": {"limits": {"cpu": "1"}}, "args": []}],
                   "terminationGracePeriodSeconds": 30, "hostNetwork": false}
        }
        """;

    // D1: a new release of the controller that changes this value starts a run of every workload in the cluster. It must not.
    [Fact]
    public void A_template_has_the_same_revision_in_every_release() => Of(Template).Should().Be("635d17635d");

    [Theory]
    [InlineData("\"terminationGracePeriodSeconds\": 30", "\"terminationGracePeriodSeconds\": 3e1")]
    [InlineData("\"app\": \"podinfo\"", "\"app\": \"pod\\u0069nfo\"")]
    [InlineData("\"name\": \"podinfod\", \"image\": \"podinfo:6.0.0\"", "\"image\": \"podinfo:6.0.0\", \"name\": \"podinfod\"")]
    public void How_it_is_written_does_not_count(string written, string otherwise) =>
        Of(Template.Replace(written, otherwise)).Should().Be(Of(Template));

    [Theory]
    [InlineData("6.0.0", "6.0.1")]
    [InlineData("30", "31")]
    [InlineData("false", "true")]
    [InlineData(", \"hostNetwork\": false", "")]
    [InlineData("\"1\"", "1")]
    [InlineData("[]", "null")]
    public void What_it_says_does(string said, string otherwise) => Of(Template.Replace(said, otherwise)).Should().NotBe(Of(Template));

    [Fact]
    public void Two_values_have_one_revision_only_if_they_are_equal() =>
        Gen.Select(RandomJson.Objects, RandomJson.Objects).Sample((one, other) =>
            (Revision.Of(one) == Revision.Of(other)).Should().Be(JsonNode.DeepEquals(one, other)));

    [Fact]
    public void It_is_ten_digits_that_a_label_and_a_name_may_hold() => Versions.V1.Should().MatchRegex("^[0-9a-f]{10}$");

    private static string Of(string template) => Revision.Of(JsonNode.Parse(template)!);
}
