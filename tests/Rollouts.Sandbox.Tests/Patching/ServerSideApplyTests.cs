using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Patching;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.Tests.Patching;

public sealed class ServerSideApplyTests
{
    private static readonly FieldWriter Alice = new("alice", "v1", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private static readonly FieldSchema ConfigMap = BuiltInSchemas.For("", "v1", "ConfigMap")!;
    private static readonly FieldSchema Deployment = BuiltInSchemas.For("apps", "v1", "Deployment")!;

    [Fact]
    public void A_null_in_a_map_is_left_to_the_decoder_to_make_empty()
    {
        var live = Apply(null, "{'data':{'a':'1'}}");

        var merged = Apply(live, "{'data':{'a':null}}");

        Decoding.Decode(merged, ConfigMap, out _)["data"].ShouldBe("{'a':''}");
    }

    [Fact]
    public void The_null_creation_time_that_Go_clients_send_does_not_clear_the_real_one()
    {
        var live = Apply(null, "{'data':{'a':'1'}}");
        live["metadata"]!["creationTimestamp"] = "2026-01-02T03:04:05Z";

        Apply(live, "{'metadata':{'name':'one','creationTimestamp':null},'data':{'a':'1'}}").ShouldBe(live);
    }

    [Fact]
    public void An_object_from_before_the_first_apply_belongs_to_whoever_made_it()
    {
        var live = Json.Object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'one','uid':'u'},'data':{'a':'1'}}");

        var apply = () => Apply(live, "{'data':{'a':'2'}}");

        apply.Should().Throw<ApiException>().Which.Causes.Should().ContainSingle().Which
            .Should().Be(new StatusCause("FieldManagerConflict", "conflict with \"before-first-apply\" using v1", ".data.a"));
    }

    [Fact]
    public void An_update_of_an_object_without_owners_gives_it_none()
    {
        var live = Json.Object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'one','uid':'u'},'data':{'a':'1'}}");
        var after = Json.Object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'one','uid':'u'},'data':{'a':'2'}}");

        ServerSideApply.TrackUpdate(live, after, Alice, ConfigMap).ShouldBe(after);
    }

    [Theory]
    [InlineData("{'dta':{}}", ".dta: field not declared in schema")]
    [InlineData("{'data':{'a':1}}", ".data.a: expected string, got 1")]
    [InlineData("{'data':[]}", ".data: expected map, got []")]
    [InlineData("{'data':{'a':1},'dta':{}}", "errors:\n  .data.a: expected string, got 1\n  .dta: field not declared in schema")]
    public void A_configuration_that_does_not_fit_its_schema_is_a_500_without_a_reason(string asked, string message)
    {
        var apply = () => Apply(null, asked);

        var refusal = apply.Should().Throw<ApiException>().Which;
        (refusal.Code, refusal.Reason).Should().Be((500, ""));
        refusal.Message.Should().Be($"failed to create typed patch object (/one; /v1, Kind=ConfigMap): {message}");
    }

    [Fact]
    public void A_key_twice_in_a_list_is_a_500()
    {
        var apply = () => ApplyPodSpec("{'containers':[{'name':'app','env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]}]}");

        apply.Should().Throw<ApiException>().WithMessage(
            "*(/web; apps/v1, Kind=Deployment): .spec.template.spec.containers[name=\"app\"].env: duplicate entries for key [name=\"A\"]");
    }

    [Fact]
    public void An_item_of_a_built_in_list_without_its_key_is_left_to_validation() =>
        ApplyPodSpec("{'containers':[{'image':'example.test/x'}]}")["spec"]
            .ShouldBe("{'template':{'spec':{'containers':[{'image':'example.test/x'}]}}}");

    [Fact]
    public void An_item_of_a_custom_list_without_its_key_is_a_500()
    {
        var schema = CustomSchemas.For(Json.Object(
            """
            {'type':'object','properties':{'spec':{'type':'object','properties':{'ports':{'type':'array','x-kubernetes-list-type':'map',
             'x-kubernetes-list-map-keys':['name','protocol'],'items':{'type':'object','properties':{'name':{'type':'string'},
             'protocol':{'type':'string','default':'TCP'}}}}}}}}
            """));
        JsonObject Apply(string port) => ServerSideApply.Apply(
            null, Json.Object($"{{'apiVersion':'x/v1','kind':'W','metadata':{{'name':'one'}},'spec':{{'ports':[{port}]}}}}"), Alice, force: false, schema);

        Apply("{'name':'a'}")["metadata"]!["managedFields"]![0]!["fieldsV1"].ShouldBe(new JsonObject
        {
            ["f:spec"] = new JsonObject
            {
                ["f:ports"] = new JsonObject
                {
                    ["""k:{"name":"a","protocol":"TCP"}"""] = new JsonObject { ["."] = new JsonObject(), ["f:name"] = new JsonObject() },
                },
            },
        });
        var apply = () => Apply("{'protocol':'UDP'}");
        apply.Should().Throw<ApiException>().WithMessage(
            "*.spec.ports: element 0: associative list with keys has an element that omits key field \"name\" (and doesn't have default value)");
    }

    private static JsonObject Apply(JsonObject? live, string asked)
    {
        var applied = Json.Object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'one'}}");
        foreach (var (name, value) in Json.Object(asked))
            applied[name] = value?.DeepClone();
        return ServerSideApply.Apply(live, applied, Alice, force: false, ConfigMap);
    }

    private static JsonObject ApplyPodSpec(string spec) => ServerSideApply.Apply(
        null,
        Json.Object($"{{'apiVersion':'apps/v1','kind':'Deployment','metadata':{{'name':'web'}},'spec':{{'template':{{'spec':{spec}}}}}}}"),
        Alice with { ApiVersion = "apps/v1" },
        force: false,
        Deployment);
}
