using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rollouts.Core.Tests.Building;

/// <summary>Reads the YAML of golden folders, as kubectl does.</summary>
internal static class YamlText
{
    public static JsonObject Read(string file)
    {
        var stream = new YamlStream();
        using var text = File.OpenText(file);
        stream.Load(text);
        return Node(stream.Documents[0].RootNode)!.AsObject();
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Node(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => Plain(text!),
        YamlScalarNode { Value: var text } => JsonValue.Create(text),
        _ => throw new InvalidDataException($"No golden file has a {node.NodeType}."),
    };

    private static JsonValue? Plain(string text) =>
        text is "null" or "" ? null
        : bool.TryParse(text, out var flag) ? JsonValue.Create(flag)
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
        : double.TryParse(text, CultureInfo.InvariantCulture, out var real) ? JsonValue.Create(real)
        : JsonValue.Create(text);
}
