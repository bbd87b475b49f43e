using System.Text.Json.Nodes;
using Rollouts.Model.Definition;
using Rollouts.Model.Json;
using Rollouts.TestKit;

namespace Rollouts.Model.Tests;

public sealed class CanaryDefinitionTests
{
    [Fact]
    public void The_checked_in_definition_is_the_one_of_the_model() =>
        Golden.Holds("crds/canary.yaml", Yaml.Write(CanaryDefinition.Generate()));

    [Fact]
    public void The_definition_is_structural_so_that_an_api_server_takes_it()
    {
        foreach (var (path, schema) in Schemas())
        {
            var types = new[] { "type", "x-kubernetes-int-or-string" }.Count(schema.ContainsKey);
            types.Should().Be(1, "{0} must have a type", path);
            (schema.ContainsKey("properties") && schema.ContainsKey("additionalProperties")).Should().BeFalse(path);
            if (schema["type"]?.GetValue<string>() == "array")
                schema.ContainsKey("items").Should().BeTrue(path);
            foreach (var required in schema["required"]?.AsArray() ?? [])
                schema["properties"]?[required?.GetValue<string>() ?? ""].Should().NotBeNull("{0} requires it", path);
        }
    }

    [Fact]
    public void Every_field_is_explained_in_one_sentence() =>
        Schemas().Where(schema => schema.Path.StartsWith("spec") || schema.Path.StartsWith("status"))
            .Where(schema => !schema.Path.EndsWith("[*]"))
            .Should().OnlyContain(schema => Described(schema.Schema));

    [Fact]
    public void Everything_in_the_spec_that_could_grow_has_a_bound_because_rules_must_have_a_bounded_cost()
    {
        foreach (var (path, schema) in Schemas().Where(schema => schema.Path.StartsWith("spec")))
        {
            var kind = schema["type"]?.GetValue<string>();
            var bound = kind switch
            {
                "array" => schema.ContainsKey("maxItems"),
                "string" => schema.ContainsKey("maxLength") || schema.ContainsKey("enum"),
                "object" when schema.ContainsKey("additionalProperties") => schema.ContainsKey("maxProperties"),
                _ => true,
            };
            bound.Should().BeTrue("{0} needs a bound", path);
        }
    }

    [Fact]
    public void A_list_shows_phase_weight_step_failed_checks_and_message_and_more_when_wide()
    {
        var columns = Version["additionalPrinterColumns"]?.AsArray().Select(column => column?.AsObject() ?? []).ToList() ?? [];

        Names(columns.Where(column => !column.ContainsKey("priority"))).Should().Equal("Phase", "Weight", "Step", "Failed", "Message");
        Names(columns.Where(column => column.ContainsKey("priority"))).Should().Equal("Interval", "Provider", "Revision", "Age");
    }

    private static JsonObject Version => CanaryDefinition.Generate()["spec"]?["versions"]?[0]?.AsObject() ?? [];

    private static IEnumerable<string?> Names(IEnumerable<JsonObject> columns) => columns.Select(column => column["name"]?.GetValue<string>());

    private static bool Described(JsonObject schema) =>
        schema["description"]?.GetValue<string>() is { } text && text.EndsWith('.') && !text.Contains(". ") && char.IsLetter(text[0]);

    private static IEnumerable<(string Path, JsonObject Schema)> Schemas() => Below("", Version["schema"]?["openAPIV3Schema"]?.AsObject() ?? []);

    private static IEnumerable<(string Path, JsonObject Schema)> Below(string path, JsonObject schema)
    {
        yield return (path, schema);
        foreach (var (name, child) in schema["properties"]?.AsObject() ?? [])
            foreach (var found in Below(path.Length == 0 ? name : $"{path}.{name}", child?.AsObject() ?? []))
                yield return found;
        if (schema["items"] is JsonObject items)
            foreach (var found in Below($"{path}[*]", items))
                yield return found;
        if (schema["additionalProperties"] is JsonObject values)
            foreach (var found in Below($"{path}[*]", values))
                yield return found;
    }
}
