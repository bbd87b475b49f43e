using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Core.Revisions;

/// <summary>
/// One text for one JSON value, whoever serialised it: names sorted by code unit, no white space, only the escapes that JSON
/// demands (RFC 8785), numbers without trailing zeros and exponents. Written out here and not left to an encoder of the framework, because
/// hashes of this text outlive a framework's version.
/// </summary>
public static class CanonicalJson
{
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject obj:
                AppendAll(text, '{', obj.OrderBy(member => member.Key, StringComparer.Ordinal), '}', (to, member) =>
                {
                    AppendText(to, member.Key);
                    to.Append(':');
                    Append(to, member.Value);
                });
                break;
            case JsonArray array:
                AppendAll(text, '[', array, ']', Append);
                break;
            default:
                AppendValue(text, node.AsValue());
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<StringBuilder, T> append)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(',');
            first = false;
            append(text, item);
        }

        text.Append(close);
    }

    private static void AppendValue(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                AppendText(text, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                text.Append(NumberOf(value.ToJsonString()));
                break;
            case JsonValueKind.True:
            case JsonValueKind.False:
            case JsonValueKind.Null:
            case JsonValueKind.Object:
            case JsonValueKind.Array:
            case JsonValueKind.Undefined:
                text.Append(value.ToJsonString());
                break;
        }
    }

    /// <summary>1, 1.0 and 1e0 are one number; what a decimal cannot hold exactly goes by its double.</summary>
    private static string NumberOf(string json) =>
        decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : double.Parse(json, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c < ' ')
                text.Append(ControlEscape(c));
            else
                text.Append(c);
        }

        text.Append('"');
    }

    private static string ControlEscape(char c) => c switch
    {
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => $"\\u{(int)c:x4}",
    };
}
