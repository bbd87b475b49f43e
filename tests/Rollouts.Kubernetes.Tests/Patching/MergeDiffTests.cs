using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Kubernetes.Patching;
using Rollouts.Kubernetes.Tests.Doubles;
using Rollouts.TestKit;

namespace Rollouts.Kubernetes.Tests.Patching;

public class MergeDiffTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"b":2}""", null)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", """{"b":null}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":3,"b":2}""", """{"a":3}""")]
    [InlineData("""{"spec":{"replicas":2,"paused":true}}""", """{"spec":{"replicas":3,"paused":true}}""", """{"spec":{"replicas":3}}""")]
    [InlineData("""{"spec":{"replicas":2}}""", """{"spec":{"replicas":2.0}}""", null)]
    [InlineData("""{"labels":{"mine":"x","theirs":"y"}}""", """{"labels":{"mine":null,"theirs":"y"}}""", """{"labels":{"mine":null}}""")]
    [InlineData("""{"labels":{"theirs":"y"}}""", """{"labels":{"mine":null,"theirs":"y"}}""", null)]
    [InlineData("""{"labels":{"mine":null}}""", """{"labels":{}}""", null)]
    [InlineData("""{"list":[1,2]}""", """{"list":[1,2]}""", null)]
    [InlineData("""{"list":[1,2]}""", """{"list":[2,1]}""", """{"list":[2,1]}""")]
    [InlineData("""{"a":"text"}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":"text"}""", """{"a":"text"}""")]
    [InlineData("""{}""", """{"emptyDir":{}}""", """{"emptyDir":{}}""")]
    [InlineData("""{"emptyDir":{"sizeLimit":"1Gi"}}""", """{"emptyDir":{}}""", """{"emptyDir":{"sizeLimit":null}}""")]
    public void Only_what_differs_is_patched(string live, string wanted, string? patch) =>
        MergeDiff.Between(Parse(live), Parse(wanted))?.ToJsonString().Should().Be(patch);

    [Fact]
    public void A_number_made_in_code_equals_the_same_number_that_was_read() =>
        MergeDiff.Between(Parse("""{"weight":30,"share":0.5}"""), new JsonObject { ["weight"] = 30L, ["share"] = 0.5 }).Should().BeNull();

    [Fact]
    public void The_patch_is_a_tree_of_its_own()
    {
        var wanted = Parse("""{"a":{"b":[1]}}""");
        var patch = MergeDiff.Between([], wanted)!;
        patch["a"]!["b"]![0] = 9;

        wanted.ToJsonString().Should().Be("""{"a":{"b":[1]}}""");
    }

    [Fact]
    public void Applied_it_gives_what_is_wanted_and_is_not_needed_again() =>
        Gen.Select(RandomJson.Objects, RandomJson.Objects).Sample((one, other) =>
        {
            // A member that is null is as good as absent to us; an API server stores none.
            var live = MergePatch.Apply(new JsonObject(), one)!.AsObject();
            var wanted = MergePatch.Apply(new JsonObject(), other)!.AsObject();
            var patch = MergeDiff.Between(live, wanted);
            var result = patch is null ? live : MergePatch.Apply(live, patch)!.AsObject();

            JsonNode.DeepEquals(result, wanted).Should().BeTrue();
            MergeDiff.Between(result, wanted).Should().BeNull();
        });

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
