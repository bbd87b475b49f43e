using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Patching;

namespace Rollouts.Sandbox.Tests.Patching;

public sealed class MergePatchTests
{
    // The examples of RFC 7386, appendix A.
    [Theory]
    [InlineData("{'a':'b'}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}")]
    [InlineData("{'a':'b'}", "{'a':null}", "{}")]
    [InlineData("{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}")]
    [InlineData("{'a':['b']}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'c'}", "{'a':['b']}", "{'a':['b']}")]
    [InlineData("{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}")]
    [InlineData("{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}")]
    [InlineData("['a','b']", "['c','d']", "['c','d']")]
    [InlineData("{'a':'b'}", "['c']", "['c']")]
    [InlineData("{'a':'foo'}", "null", "null")]
    [InlineData("{'a':'foo'}", "'bar'", "'bar'")]
    [InlineData("{'e':null}", "{'a':1}", "{'e':null,'a':1}")]
    [InlineData("[1,2]", "{'a':'b','c':null}", "{'a':'b'}")]
    [InlineData("{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}")]
    public void The_examples_of_the_RFC_hold(string target, string patch, string expected) =>
        MergePatch.Apply(Json.Node(target), Json.Node(patch)).ShouldBe(expected);

    [Theory]
    [InlineData("[1]", "array")]
    [InlineData("'text'", "string")]
    [InlineData("true", "bool")]
    [InlineData("7", "number")]
    public void A_patch_in_a_request_must_be_an_object(string patch, string word)
    {
        var apply = () => MergePatch.ApplyRequest([], Json.Node(patch));

        apply.Should().Throw<ApiException>()
            .WithMessage($"error decoding patch: json: cannot unmarshal {word} into Go value of type map[string]interface {{}}")
            .Which.Code.Should().Be(400);
    }
}
