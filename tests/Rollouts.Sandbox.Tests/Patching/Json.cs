using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Tests.Patching;

/// <summary>JSON literals for tests: single quotes are read as double quotes.</summary>
internal static class Json
{
    public static JsonNode? Node(string text) => JsonNode.Parse(text.Replace('\'', '"'));

    public static JsonObject Object(string text) => Node(text)!.AsObject();

    public static JsonArray Array(string text) => Node(text)!.AsArray();

    public static void ShouldBe(this JsonNode? actual, string expected) => ShouldBe(actual, Node(expected));

    public static void ShouldBe(this JsonNode? actual, JsonNode? expected) => JsonNode.DeepEquals(actual, expected)
        .Should().BeTrue("expected\n{0}\nbut found\n{1}", expected?.ToJsonString(), actual?.ToJsonString());
}
