using System.Text;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>YAML as JSON, by the rules of its core schema: quoted scalars are text, plain ones what they look like.</summary>
internal static class Yaml
{
    /// <exception cref="ApiException">400 where the text is not YAML.</exception>
    public static JsonNode? Read(byte[] bytes)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Encoding.UTF8.GetString(bytes)));
            return stream.Documents.Count == 0 ? null : Node(stream.Documents[0].RootNode);
        }
        catch (YamlException malformed)
        {
            throw Refusals.BadRequest($"yaml: {malformed.Message}");
        }
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value ?? "", Node(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    private static JsonNode? Plain(string text)
    {
        if (text is "" or "~" or "null" or "Null" or "NULL")
            return null;
        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
            return text[0] is 't' or 'T';
        bool number = char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.';
        return number && long.TryParse(text, out long whole) ? whole
            : number && double.TryParse(text, out double real) ? real
            : text;
    }
}
