using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Patching;

namespace Rollouts.Sandbox.Tests.Patching;

public sealed class JsonPatchOperationsTests
{
    [Theory]
    [InlineData("{'data':{'a':'1','b':'2'}}",
        "[{'op':'add','path':'/data/c','value':'3'},{'op':'replace','path':'/data/a','value':'9'},{'op':'remove','path':'/data/b'}]",
        "{'data':{'a':'9','c':'3'}}")]
    [InlineData("{'data':{'a':'9','c':'3'}}",
        "[{'op':'test','path':'/data/a','value':'9'},{'op':'copy','from':'/data/a','path':'/data/d'},{'op':'move','from':'/data/c','path':'/data/e'}]",
        "{'data':{'a':'9','d':'9','e':'3'}}")]
    [InlineData("{'metadata':{}}",
        "[{'op':'add','path':'/metadata/annotations','value':{}},{'op':'add','path':'/metadata/annotations/example.test~1a','value':'1'}]",
        "{'metadata':{'annotations':{'example.test/a':'1'}}}")]
    [InlineData("{'l':[1,2]}", "[{'op':'add','path':'/l/0','value':0},{'op':'add','path':'/l/-','value':3}]", "{'l':[0,1,2,3]}")]
    [InlineData("{'l':[1,2]}", "[{'op':'remove','path':'/l/0'},{'op':'replace','path':'/l/0','value':{'x':null}}]", "{'l':[{'x':null}]}")]
    [InlineData("{'l':[{'a':1}]}", "[{'op':'replace','path':'/l/0/b','value':2}]", "{'l':[{'a':1,'b':2}]}")]
    [InlineData("{'a':{'b':[1,{'c':1.0}]}}", "[{'op':'test','path':'/a','value':{'b':[1,{'c':1}]}}]", "{'a':{'b':[1,{'c':1.0}]}}")]
    [InlineData("{'a':1}", "[{'op':'add','path':'/a','value':null}]", "{'a':null}")]
    [InlineData("{'a':null}", "[{'op':'test','path':'/a','value':null}]", "{'a':null}")]
    [InlineData("{'a':1}", "[{'op':'replace','path':'','value':{'b':2}}]", "{'b':2}")]
    [InlineData("{'a':1}", "[]", "{'a':1}")]
    public void Operations_apply_in_order(string target, string patch, string expected)
    {
        var before = Json.Object(target);

        JsonPatchOperations.Apply(before, Json.Array(patch)).ShouldBe(expected);

        before.ShouldBe(target);
    }

    [Fact]
    public void Replacing_a_member_that_is_not_there_creates_it() =>
        JsonPatchOperations.Apply(Json.Object("{'data':{'a':'1'}}"), Json.Array("[{'op':'replace','path':'/data/zz','value':'1'}]"))
            .ShouldBe("{'data':{'a':'1','zz':'1'}}");

    [Theory]
    [InlineData("[{'op':'test','path':'/data/a','value':'8'},{'op':'remove','path':'/data/a'}]")]
    [InlineData("[{'op':'test','path':'/data/zz','value':'8'}]")]
    [InlineData("[{'op':'remove','path':'/data/zz'}]")]
    [InlineData("[{'op':'add','path':'/metadata/labels/x','value':'1'}]")]
    [InlineData("[{'op':'replace','path':'/metadata/labels/x','value':'1'}]")]
    [InlineData("[{'op':'replace','path':'/list/7','value':'1'}]")]
    [InlineData("[{'op':'add','path':'/list/7','value':'1'}]")]
    [InlineData("[{'op':'add','path':'/data/a/b','value':'1'}]")]
    [InlineData("[{'op':'copy','from':'/data/zz','path':'/data/b'}]")]
    [InlineData("[{'op':'move','path':'/data/b'}]")]
    [InlineData("[{'op':'replace','path':'','value':'text'}]")]
    [InlineData("[{'op':'mangle','path':'/data/a'}]")]
    [InlineData("[{'op':'add','value':'1'}]")]
    public void What_cannot_be_done_is_one_general_422(string patch)
    {
        var apply = () => JsonPatchOperations.Apply(Json.Object("{'data':{'a':'9'},'list':[1]}"), Json.Array(patch));

        apply.Should().Throw<ApiException>().Which.Should().BeEquivalentTo(new
        {
            Code = 422,
            Reason = "Invalid",
            Message = "the server rejected our request due to an error in our request",
            Causes = Array.Empty<StatusCause>(),
        });
    }

    [Theory]
    [InlineData("{'op':'add'}", "object into Go value of type []handlers.jsonPatchOp")]
    [InlineData("['add']", "string into Go value of type handlers.jsonPatchOp")]
    public void A_patch_that_is_no_list_of_operations_is_malformed(string patch, string message)
    {
        var apply = () => JsonPatchOperations.ApplyRequest([], Json.Node(patch));

        apply.Should().Throw<ApiException>().WithMessage($"error decoding patch: json: cannot unmarshal {message}").Which.Code.Should().Be(400);
    }

    [Fact]
    public void The_result_shares_nothing_with_the_patch()
    {
        var patch = Json.Array("[{'op':'add','path':'/a','value':{'b':1}}]");

        var result = JsonPatchOperations.Apply([], patch);
        result["a"]!["b"] = JsonValue.Create(2);

        patch.ShouldBe("[{'op':'add','path':'/a','value':{'b':1}}]");
    }
}
