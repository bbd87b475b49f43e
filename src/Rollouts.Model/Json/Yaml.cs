using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rollouts.Model.Json;

/// <summary>Writes JSON as block YAML, in the order of its fields, as <c>kubectl -o yaml</c> does.</summary>
public static partial class Yaml
{
    /// <summary>The YAML of <paramref name="json"/>, ending in a line feed.</summary>
    public static string Write(JsonNode json)
    {
        var text = new StringBuilder();
        WriteNode(text, json, "");
        return text.ToString().TrimStart();
    }

    private static void WriteNode(StringBuilder text, JsonNode? node, string indent)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } fields:
                foreach (var (name, value) in fields)
                {
                    text.Append(indent).Append(Scalar(name)).Append(':');
                    WriteValue(text, value, value is JsonArray ? indent : indent + "  ");
                }
                break;
            case JsonArray { Count: > 0 } items:
                foreach (var item in items)
                    WriteItem(text, item, indent);
                break;
            default:
                text.Append(Inline(node)).Append('\n');
                break;
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, string indent)
    {
        text.Append(IsBlock(value) ? '\n' : ' ');
        WriteNode(text, value, indent);
    }

    // The first field of an item stands on the line of its dash.
    private static void WriteItem(StringBuilder text, JsonNode? item, string indent)
    {
        var start = text.Length;
        WriteNode(text, item, IsBlock(item) ? indent + "  " : "");
        if (IsBlock(item))
            text.Remove(start, indent.Length + 2);
        text.Insert(start, indent + "- ");
    }

    private static bool IsBlock(JsonNode? node) => node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };

    private static string Inline(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when node.GetValueKind() == JsonValueKind.String => Scalar(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    // A JSON string is also a YAML string; without quotes goes only what no YAML parser takes for anything but text.
    private static string Scalar(string text) =>
        Plain().IsMatch(text) && !Reserved().IsMatch(text) ? text : JsonValue.Create(text).ToJsonString(JsonText.Readable);

    [GeneratedRegex(@"^[A-Za-z/.]([A-Za-z0-9 _./()+-]*[A-Za-z0-9_./()+-])?\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(true|false|null|yes|no|on|off|y|n|\.inf|\.nan|\.[0-9].*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
