using System.Text;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Schemas;
using Rollouts.Sandbox.Tests.Patching;

namespace Rollouts.Sandbox.Tests.Schemas;

/// <summary>The sentences are those of the recordings 03-errors/field-validation, invalid-others and 09-crd/validation.</summary>
public sealed class DecodingTests
{
    private static readonly FieldSchema Deployment = BuiltInSchemas.For("apps", "v1", "Deployment")!;
    private static readonly FieldSchema ConfigMap = BuiltInSchemas.For("", "v1", "ConfigMap")!;
    private static readonly FieldSchema Lease = BuiltInSchemas.For("coordination.k8s.io", "v1", "Lease")!;
    private static readonly FieldSchema Widget = CustomSchemas.For(Json.Object("{'type':'object','x-kubernetes-preserve-unknown-fields':true}"));

    [Fact]
    public void Unknown_fields_are_dropped_and_named_in_the_order_of_the_object()
    {
        var asked = Json.Object(
            "{'spec':{'replicas':0,'template':{'spec':{'containers':[{'name':'app','imagePullPolice':'Never'}]}},'replicaCount':3},'Data':1}");

        Decoding.Decode(asked, Deployment, out var unknown)
            .ShouldBe("{'spec':{'replicas':0,'template':{'spec':{'containers':[{'name':'app'}]}}}}");

        unknown.Should().Equal(
            "unknown field \"spec.template.spec.containers[0].imagePullPolice\"", "unknown field \"spec.replicaCount\"", "unknown field \"Data\"");
    }

    [Fact]
    public void What_is_known_stays_as_it_is()
    {
        var asked = """
            {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','labels':{'any':'thing'},'creationTimestamp':'2026-01-02T03:04:05Z'},
             'spec':{'paused':true,'strategy':{'rollingUpdate':{'maxSurge':'25%','maxUnavailable':1}},
             'template':{'spec':{'containers':[{'name':'app','resources':{'limits':{'cpu':'1'}}}]}}}}
            """;

        Decoding.Decode(Json.Object(asked), Deployment, out var unknown).ShouldBe(asked);

        unknown.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{'data':{'a':null},'immutable':null}", "{'data':{'a':''}}")]
    [InlineData("{'data':null}", "{}")]
    [InlineData("{'metadata':{'finalizers':[null]}}", "{'metadata':{'finalizers':['']}}")]
    public void Null_is_the_empty_value(string asked, string expected) =>
        Decoding.Decode(Json.Object(asked), ConfigMap, out _).ShouldBe(expected);

    [Theory]
    [InlineData("'0.1'", "'100m'")]
    [InlineData("1", "'1'")]
    [InlineData("'0.5Gi'", "'512Mi'")]
    [InlineData("'64Mi'", "'64Mi'")]
    [InlineData("'1000m'", "'1'")]
    [InlineData("'2e3'", "'2e3'")]
    public void Quantities_come_in_canonical_form(string asked, string expected) =>
        Decoding.Decode(Limits(asked), Deployment, out _).ShouldBe(Limits(expected));

    [Theory]
    [InlineData("{'spec':{'replicas':'three'}}", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("{'spec':{'replicas':1.5}}", "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("{'spec':{'template':{'spec':{'containers':{}}}}}",
        "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container")]
    [InlineData("{'spec':{'template':{'spec':{'containers':[{'env':'A'}]}}}}",
        "json: cannot unmarshal string into Go struct field Container.spec.template.spec.containers.env of type []v1.EnvVar")]
    [InlineData("{'spec':{'template':{'spec':{'containers':[{'resources':{'limits':{'cpu':'abc'}}}]}}}}",
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("{'spec':{'paused':'yes'}}", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool")]
    public void A_value_of_another_type_is_a_400(string asked, string message) =>
        Refusal(Deployment, asked).Message.Should().Be($"Deployment in version \"v1\" cannot be handled as a Deployment: {message}");

    [Fact]
    public void A_number_in_a_map_of_strings_is_named_after_the_map() =>
        Refusal(ConfigMap, "{'metadata':{'name':'one'},'data':{'a':1}}").Message.Should().Be(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string");

    [Fact]
    public void The_labels_of_a_custom_resource_are_strings() =>
        Refusal(Widget, "{'apiVersion':'example.test/v1','kind':'Widget','metadata':{'labels':{'a':1}}}").Message.Should().StartWith(
            "Widget in version \"v1\" cannot be handled as a Widget: json: cannot unmarshal number into Go struct field ObjectMeta.");

    [Theory]
    [InlineData("2026-01-02T03:04:05.123456Z", true)]
    [InlineData("2026-01-02T03:04:05.5Z", false)]
    [InlineData("2026-01-02T03:04:05Z", false)]
    public void A_microtime_has_exactly_six_digits(string time, bool readable)
    {
        var decode = () => Decoding.Decode(Json.Object($"{{'spec':{{'renewTime':'{time}'}}}}"), Lease, out _);

        if (readable)
            decode.Should().NotThrow();
        else
            decode.Should().Throw<ApiException>().Which.Code.Should().Be(400);
    }

    [Fact]
    public void A_member_that_stands_twice_is_named_and_the_last_one_counts()
    {
        var node = JsonText.Parse(Encoding.UTF8.GetBytes(
            """{"metadata": {"name": "c"}, "data": {"a": "1", "a": "2"}, "list": [{"x": 1, "x": null}], "data": {"b": "3"}}"""), out var duplicates);

        node.ShouldBe("{'metadata':{'name':'c'},'data':{'b':'3'},'list':[{'x':null}]}");
        duplicates.Should().Equal("duplicate field \"data.a\"", "duplicate field \"list[0].x\"", "duplicate field \"data\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":")]
    [InlineData("{} x")]
    public void Text_that_is_no_JSON_is_refused(string text)
    {
        var parse = () => JsonText.Parse(Encoding.UTF8.GetBytes(text), out _);

        parse.Should().Throw<System.Text.Json.JsonException>();
    }

    [Fact]
    public void Strict_validation_is_one_400_for_all_faults() =>
        Decoding.StrictError([], ConfigMap, ["duplicate field \"data.a\"", "unknown field \"dta\""]).Message.Should().Be(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: duplicate field \"data.a\", unknown field \"dta\"");

    private static ApiException Refusal(FieldSchema schema, string asked)
    {
        var decode = () => Decoding.Decode(Json.Object(asked), schema, out _);
        var refusal = decode.Should().Throw<ApiException>().Which;
        refusal.Code.Should().Be(400);
        refusal.Reason.Should().Be("BadRequest");
        return refusal;
    }

    private static JsonObject Limits(string cpu) =>
        Json.Object($"{{'spec':{{'template':{{'spec':{{'containers':[{{'name':'app','resources':{{'limits':{{'cpu':{cpu}}}}}}}]}}}}}}}}");
}
