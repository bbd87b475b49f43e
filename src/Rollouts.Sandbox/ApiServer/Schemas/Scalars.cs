using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>What kube-apiserver's decoder takes for a scalar of a built-in kind.</summary>
internal static partial class Scalars
{
    private const string Rfc3339 = "2006-01-02T15:04:05Z07:00";
    private const string Rfc3339Micro = "2006-01-02T15:04:05.000000Z07:00";

    /// <returns>null where the value can be read; empty where its JSON type is wrong; else the decoder's own sentence.</returns>
    public static string? Fault(JsonNode value, FieldSchema schema)
    {
        var kind = value.GetValueKind();
        var text = kind == JsonValueKind.String ? value.GetValue<string>() : null;
        return schema.Type switch
        {
            FieldType.String => text is null ? "" : null,
            FieldType.Boolean => kind is JsonValueKind.True or JsonValueKind.False ? null : "",
            FieldType.Integer => kind == JsonValueKind.Number && IsInteger(value, schema.GoType) ? null : "",
            FieldType.Number => kind == JsonValueKind.Number ? null : "",
            FieldType.IntOrString => text is not null || (kind == JsonValueKind.Number && IsInteger(value, "int32")) ? null : "",
            FieldType.Quantity when text is not null || kind == JsonValueKind.Number => Quantity().IsMatch(text ?? value.ToJsonString())
                ? null
                : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            FieldType.Time => text is null ? "" : Time().IsMatch(text) && IsTime(text) ? null : Unparsed(text, Rfc3339),
            FieldType.MicroTime => text is null ? "" : MicroTime().IsMatch(text) && IsTime(text) ? null : Unparsed(text, Rfc3339Micro),
            FieldType.Bytes => text is null ? "" : IsBase64(text) ? null : "illegal base64 data",
            FieldType.Quantity => "",
            FieldType.Any or FieldType.Object or FieldType.Map or FieldType.List => null,
        };
    }

    /// <returns>"0.5Gi" as "512Mi", 0.1 as "100m".</returns>
    public static JsonNode CanonicalQuantity(JsonNode value)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        return JsonValue.Create(new ResourceQuantity(text).CanonicalizeString());
    }

    private static bool IsInteger(JsonNode value, string goType)
    {
        var text = value.ToJsonString();
        return goType == "int32"
            ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
    }

    private static bool IsTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);

    private static string Unparsed(string text, string layout) =>
        $"parsing time \"{text}\" as \"{layout}\": cannot parse \"{text}\" as \"2006\"";

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][-+]?[0-9]+)?$")]
    private static partial Regex Quantity();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex MicroTime();
}
