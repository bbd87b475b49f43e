using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Model.Definition;
using Rollouts.Model.Json;
using YamlDotNet.Serialization;

namespace Rollouts.Model.Tests;

public sealed class YamlTests
{
    [Theory]
    [InlineData("""{"a":1,"b":"text","c":true,"d":null}""", "a: 1\nb: text\nc: true\nd: null\n")]
    [InlineData("""{"list":[1,[2,3],{"x":1,"v":{"z":2}}],"none":[],"empty":{}}""", "list:\n- 1\n- - 2\n  - 3\n- x: 1\n  v:\n    z: 2\nnone: []\nempty: {}\n")]
    [InlineData("""{"a":"true","b":"1","c":"","d":"a: b","e":"two\nlines","f":"no","g":"- x","h":" x"}""",
        "a: \"true\"\nb: \"1\"\nc: \"\"\nd: \"a: b\"\ne: \"two\\nlines\"\nf: \"no\"\ng: \"- x\"\nh: \" x\"\n")]
    public void Json_is_written_as_block_yaml(string json, string yaml) => Yaml.Write(JsonNode.Parse(json) ?? "").Should().Be(yaml);

    [Fact]
    public void Any_text_reads_back_as_the_same_text() =>
        Gen.String.Sample(text =>
        {
            // YAML has no lone surrogates.
            var valid = new string([.. text.Where(character => !char.IsSurrogate(character))]);
            var read = new Deserializer().Deserialize<Dictionary<string, string>>(Yaml.Write(new JsonObject { ["key"] = valid }));
            return read["key"] == valid;
        });

    [Fact]
    public void The_definition_reads_back_as_the_same_json()
    {
        var definition = CanaryDefinition.Generate();

        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(Yaml.Write(definition));

        JsonNode.DeepEquals(JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read)), definition).Should().BeTrue();
    }
}
