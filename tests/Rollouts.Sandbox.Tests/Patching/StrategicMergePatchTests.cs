using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Patching;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.Tests.Patching;

/// <summary>The steps of the recorded case 04-patch/strategic-merge, each on a state of its own.</summary>
public sealed class StrategicMergePatchTests
{
    private static readonly FieldSchema Deployment = BuiltInSchemas.For("apps", "v1", "Deployment")!;

    [Theory]
    [InlineData("[{'name':'app','image':'1'},{'name':'side'}]", "[{'name':'app','image':'2'}]", "[{'name':'app','image':'2'},{'name':'side'}]")]
    [InlineData("[{'name':'app'},{'name':'side'}]", "[{'name':'new'}]", "[{'name':'new'},{'name':'app'},{'name':'side'}]")]
    [InlineData("[{'name':'new'},{'name':'app'},{'name':'side'}]", "[{'name':'side','$patch':'delete'}]", "[{'name':'new'},{'name':'app'}]")]
    [InlineData("[{'name':'new'},{'name':'app'}]", "[{'$patch':'replace'},{'name':'solo'}]", "[{'name':'solo'}]")]
    [InlineData("[{'name':'app','args':['a','b']}]", "[{'name':'app','args':['c']}]", "[{'name':'app','args':['c']}]")]
    [InlineData("[{'name':'app','image':'1','args':['a']}]", "[{'name':'app','$patch':'replace','image':'2'}]", "[{'name':'app','image':'2'}]")]
    [InlineData("[{'name':'app','image':'1'}]", "[{'name':'none','$patch':'delete'}]", "[{'name':'app','image':'1'}]")]
    [InlineData(
        "[{'name':'app','env':[{'name':'A','value':'1'},{'name':'B','value':'2'}]}]",
        "[{'name':'app','env':[{'name':'B','value':'9'},{'name':'C','value':'3'},{'name':'A','$patch':'delete'}]}]",
        "[{'name':'app','env':[{'name':'B','value':'9'},{'name':'C','value':'3'}]}]")]
    [InlineData(
        "[{'name':'app','ports':[{'name':'http','containerPort':80,'protocol':'TCP'},{'name':'metrics','containerPort':90,'protocol':'TCP'}]}]",
        "[{'name':'app','ports':[{'containerPort':80,'name':'web'},{'containerPort':70,'protocol':'UDP'}]}]",
        "[{'name':'app','ports':[{'name':'web','containerPort':80,'protocol':'TCP'},{'containerPort':70,'protocol':'UDP'},{'name':'metrics','containerPort':90,'protocol':'TCP'}]}]")]
    public void Containers_merge_by_name(string containers, string patch, string expected) =>
        Apply(PodSpec("containers", containers), PodSpec("containers", patch)).ShouldBe(PodSpec("containers", expected));

    [Theory]
    [InlineData("[{'key':'k'}]", "[{'key':'other'}]", "[{'key':'other'}]")]
    [InlineData("[{'key':'k'}]", "[]", "[]")]
    public void A_list_without_a_merge_key_is_replaced(string before, string patch, string expected) =>
        Apply(PodSpec("tolerations", before), PodSpec("tolerations", patch)).ShouldBe(PodSpec("tolerations", expected));

    [Theory]
    [InlineData("{'a':1,'b':2}", "{'b':null,'zz':null}", "{'a':1}")]
    [InlineData("{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}", "{'strategy':{'$patch':'replace','type':'Recreate'}}",
        "{'strategy':{'type':'Recreate'}}")]
    [InlineData("{'strategy':{'type':'Recreate'}}",
        "{'strategy':{'$retainKeys':['type','rollingUpdate'],'type':'RollingUpdate','rollingUpdate':{'maxSurge':2}}}",
        "{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':2}}}")]
    [InlineData("{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':2}}}", "{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}",
        "{'strategy':{'type':'Recreate'}}")]
    [InlineData("{'strategy':{'type':'Recreate'}}", "{'strategy':{'$patch':'delete'}}", "{'strategy':{}}")]
    public void Objects_merge_by_member(string before, string patch, string expected) =>
        Apply($"{{'spec':{before}}}", $"{{'spec':{patch}}}").ShouldBe($"{{'spec':{expected}}}");

    [Fact]
    public void Retained_keys_drop_the_other_kinds_of_a_volume() =>
        Apply(PodSpec("volumes", "[{'name':'v','emptyDir':{}}]"),
                PodSpec("volumes", "[{'name':'v','$retainKeys':['name','configMap'],'configMap':{'name':'c'}}]"))
            .ShouldBe(PodSpec("volumes", "[{'name':'v','configMap':{'name':'c'}}]"));

    [Theory]
    [InlineData("{}", "{'finalizers':['a']}", "{'finalizers':['a']}")]
    [InlineData("{'finalizers':['a']}", "{'finalizers':['b']}", "{'finalizers':['b','a']}")]
    [InlineData("{'finalizers':['a','b']}", "{'finalizers':['b']}", "{'finalizers':['a','b']}")]
    [InlineData("{'finalizers':['b','a','c']}", "{'$deleteFromPrimitiveList/finalizers':['a','b']}", "{'finalizers':['c']}")]
    [InlineData("{'finalizers':['a','b']}", "{'$setElementOrder/finalizers':['b','a']}", "{'finalizers':['b','a']}")]
    public void Words_are_added_to_a_set(string before, string patch, string expected) =>
        Apply($"{{'metadata':{before}}}", $"{{'metadata':{patch}}}").ShouldBe($"{{'metadata':{expected}}}");

    [Fact]
    public void The_order_of_items_can_be_set() =>
        Apply(PodSpec("containers", "[{'name':'new','image':'1'},{'name':'app','image':'2'}]"),
                "{'spec':{'template':{'spec':{'$setElementOrder/containers':[{'name':'app'},{'name':'new'}],'containers':[{'name':'app','image':'3'}]}}}}")
            .ShouldBe(PodSpec("containers", "[{'name':'app','image':'3'},{'name':'new','image':'1'}]"));

    [Fact]
    public void Commands_in_something_new_leave_no_trace() =>
        Apply("{}", PodSpec("volumes", "[{'name':'v','$retainKeys':['name','emptyDir'],'emptyDir':{}},{'name':'w','$patch':'delete'}]"))
            .ShouldBe(PodSpec("volumes", "[{'name':'v','emptyDir':{}}]"));

    [Theory]
    [InlineData("{'spec':{'template':{'spec':{'containers':[{'image':'example.test/x'}]}}}}", 500,
        "map: map[image:example.test/x] does not contain declared merge key: name")]
    [InlineData("{'spec':{'$patch':'mangle'}}", 500, "unknown patch type: mangle in map: map[$patch:mangle]")]
    [InlineData("{'spec':{'strategy':{'$retainKeys':['a'],'type':'Recreate'}}}", 400, "invalid patch format of retainKeys")]
    [InlineData("{'metadata':{'$deleteFromPrimitiveList/finalizers':'a'}}", 400, "invalid patch format of primitive list")]
    public void What_cannot_be_merged_is_refused(string patch, int code, string message)
    {
        var apply = () => Apply(Occupied, patch);

        apply.Should().Throw<ApiException>().WithMessage(message).Which.Code.Should().Be(code);
    }

    private static JsonObject Apply(string target, string patch) =>
        StrategicMergePatch.Apply(Json.Object(target), Json.Object(patch), Deployment);

    private const string Occupied =
        "{'metadata':{'finalizers':['a']},'spec':{'strategy':{'type':'RollingUpdate'},'template':{'spec':{'containers':[{'name':'app'}]}}}}";

    private static string PodSpec(string list, string items) => $"{{'spec':{{'template':{{'spec':{{'{list}':{items}}}}}}}}}";
}
