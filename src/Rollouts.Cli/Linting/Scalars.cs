using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rollouts.Cli.Linting;

/// <summary>What a scalar means: quoted it is text, plain it is what it looks like, to kubectl's YAML 1.1.</summary>
internal static partial class Scalars
{
    private const string Text = "tag:yaml.org,2002:str";

    public static JsonNode? Read(Scalar scalar) =>
        scalar.Style != ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value == Text) ? JsonValue.Create(scalar.Value) : Plain(scalar.Value);

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ => Number(text) ?? JsonValue.Create(text),
    };

    // From text, as what an API server hands on is: the same number is then equal whoever wrote it.
    private static JsonNode? Number(string text)
    {
        if (Octal().IsMatch(text))
            return JsonValue.Create(Convert.ToInt64(text, 8));
        if (Hexadecimal().IsMatch(text))
            return JsonValue.Create(Convert.ToInt64(text, 16));
        if (!Decimal().IsMatch(text))
            return null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? JsonNode.Parse(exact.ToString(CultureInfo.InvariantCulture))
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var near) && double.IsFinite(near) ? JsonValue.Create(near) : null;
    }

    [GeneratedRegex(@"^0[0-7]{1,20}\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]{1,15}\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Decimal();
}
