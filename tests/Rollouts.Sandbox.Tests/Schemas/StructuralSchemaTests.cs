using Rollouts.Sandbox.ApiServer.Schemas;
using Rollouts.Sandbox.Tests.Patching;

namespace Rollouts.Sandbox.Tests.Schemas;

/// <summary>What the recordings do not show.</summary>
public sealed class StructuralSchemaTests
{
    [Theory]
    [InlineData("2.0", "2")]
    [InlineData("1e3", "1000")]
    [InlineData("0.50", "0.5")]
    [InlineData("0.1", "0.1")]
    [InlineData("-7", "-7")]
    [InlineData("9007199254740993", "9007199254740993")]
    public void A_number_is_kept_in_its_canonical_form(string asked, string kept) =>
        Schema("{'type':'number'}").Prune(Json.Object($"{{'x':{asked}}}"), out _)["x"]!.ToJsonString().Should().Be(kept);

    [Theory]
    [InlineData("{'type':'string','format':'date'}", "'2026-02-29'", "FieldValueTypeInvalid")]
    [InlineData("{'type':'string','format':'cidr'}", "'10.0.0.0/99'", "FieldValueTypeInvalid")]
    [InlineData("{'type':'string','format':'uuid'}", "'x'", "FieldValueTypeInvalid")]
    [InlineData("{'type':'string','format':'byte'}", "'?'", "FieldValueTypeInvalid")]
    [InlineData("{'type':'integer','maximum':3,'exclusiveMaximum':true}", "3", "FieldValueInvalid")]
    [InlineData("{'type':'object','minProperties':1,'additionalProperties':true}", "{}", "FieldValueInvalid")]
    [InlineData("{'type':'string','allOf':[{'minLength':2}]}", "'a'", "FieldValueInvalid,FieldValueInvalid")]
    [InlineData("{'type':'array','items':{'type':'string'}}", "[null]", "FieldValueTypeInvalid")]
    [InlineData("{'type':'array','items':{'type':'string','nullable':true}}", "[null]", "")]
    [InlineData("{'type':'string','format':'no-such-format'}", "'x'", "")]
    [InlineData("{'type':'string','format':'date'}", "'2028-02-29'", "")]
    [InlineData("{'type':'string','format':'cidr'}", "'10.0.0.0/8'", "")]
    [InlineData("{'type':'integer','maximum':3,'exclusiveMaximum':true}", "2", "")]
    [InlineData("{'type':'string','maxLength':1}", "'\\ud83d\\ude00'", "")]
    public void A_value_is_held_against_its_schema(string schema, string value, string reasons) =>
        string.Join(',', Schema(schema).Validate(Json.Object($"{{'x':{value}}}")).Select(c => c.Reason)).Should().Be(reasons);

    [Theory]
    [InlineData("{'type':'array'}", "schema.properties[x].items Required value: must be specified")]
    [InlineData("{'type':'text'}", "schema.properties[x].type Unsupported value")]
    [InlineData("{'type':'object','additionalProperties':false}", "schema.properties[x].additionalProperties Forbidden: additionalProperties cannot")]
    [InlineData("{'type':'array','uniqueItems':true,'items':{'type':'string'}}", "schema.properties[x].uniqueItems Forbidden: uniqueItems")]
    [InlineData("{'type':'object','$ref':'#/x'}", "schema.properties[x].$ref Forbidden")]
    [InlineData("{'type':'object','oneOf':[{'type':'object'}]}", "schema.properties[x].oneOf[0].type Forbidden: must be empty to be structural")]
    [InlineData("{'type':'object','anyOf':[{'properties':{'y':{'minLength':1}}}]}",
        "schema.properties[x].properties[y] Required value: because it is defined in schema.properties[x].anyOf[0].properties[y]")]
    [InlineData("{'type':'array','x-kubernetes-list-type':'bag','items':{'type':'string'}}",
        "schema.properties[x].x-kubernetes-list-type Unsupported value: \"bag\"")]
    [InlineData("{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['n'],'items':{'type':'object','properties':{'n':{'type':'string'}}}}",
        "schema.properties[x].items.properties[n].default Required value")]
    [InlineData("{'type':'object','default':{'y':1},'properties':{}}", "schema.properties[x].default Invalid value")]
    public void A_schema_that_is_not_structural_has_a_fault_with_its_path(string schema, string fault) =>
        StructuralSchema.Check(Json.Object($"{{'type':'object','properties':{{'x':{schema}}}}}"), "schema")
            .Select(c => $"{c.Field} {c.Message}").Should().ContainSingle().Which.Should().StartWith(fault);

    [Theory]
    [InlineData("{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}")]
    [InlineData("{'x-kubernetes-preserve-unknown-fields':true}")]
    [InlineData("{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['n'],'items':{'type':'object','required':['n'],'properties':{'n':{'type':'string'}}}}")]
    [InlineData("{'type':'object','default':{'y':1},'properties':{'y':{'type':'integer'}}}")]
    public void A_schema_that_is_structural_has_no_fault(string schema) =>
        StructuralSchema.Check(Json.Object($"{{'type':'object','properties':{{'x':{schema}}}}}"), "schema").Should().BeEmpty();

    private static StructuralSchema Schema(string x) => new(Json.Object($"{{'type':'object','properties':{{'x':{x}}}}}"));
}
