using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Core.Revisions;
using Rollouts.TestKit;

namespace Rollouts.Core.Tests.Revisions;

public class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : 1, "a" : [ true, false, null ] }""", """{"a":[true,false,null],"b":1}""")]
    [InlineData("""{"é":1,"z":2,"Z":3,"":4}""", """{"":4,"Z":3,"z":2,"é":1}""")]
    [InlineData("""[1.0, 1e0, 100e-2, 1.50, -0, 1e3, 0.1, 12345678901234567890]""", "[1,1,1,1.5,0,1000,0.1,12345678901234567890]")]
    [InlineData("""[1e300]""", "[1E+300]")]
    [InlineData("""["<a href='x'>&\u00fc\/\u2028 \"\\ \n\t\u0001"]""", "[\"<a href='x'>&ü/\u2028 \\\"\\\\ \\n\\t\\u0001\"]")]
    [InlineData("null", "null")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    public void One_value_has_one_text(string json, string canonical) => CanonicalJson.Write(JsonNode.Parse(json)).Should().Be(canonical);

    [Fact]
    public void Values_made_in_code_read_as_if_they_had_been_parsed() =>
        CanonicalJson.Write(new JsonObject { ["n"] = 3, ["l"] = 3L, ["d"] = 3.0, ["m"] = 3.50m, ["s"] = "x", ["b"] = true })
            .Should().Be("""{"b":true,"d":3,"l":3,"m":3.5,"n":3,"s":"x"}""");

    [Fact]
    public void It_is_the_same_value_and_does_not_depend_on_the_order_of_members() =>
        RandomJson.Objects.Sample(obj =>
        {
            var canonical = CanonicalJson.Write(obj);
            JsonNode.DeepEquals(JsonNode.Parse(canonical), obj).Should().BeTrue();
            CanonicalJson.Write(Reversed(obj)).Should().Be(canonical);
            CanonicalJson.Write(JsonNode.Parse(obj.ToJsonString(new JsonSerializerOptions { WriteIndented = true }))).Should().Be(canonical);
        });

    private static JsonNode? Reversed(JsonNode? node) =>
        node is JsonObject obj
            ? new JsonObject(obj.Reverse().Select(member => KeyValuePair.Create(member.Key, Reversed(member.Value))))
            : node?.DeepClone();
}
