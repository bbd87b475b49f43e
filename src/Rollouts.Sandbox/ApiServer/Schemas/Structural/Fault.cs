using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>The sentences in which kube-apiserver says that a value does not fit its schema.</summary>
internal static class Fault
{
    public static StatusCause Required(string path, string detail = "") =>
        new("FieldValueRequired", detail.Length > 0 ? $"Required value: {detail}" : "Required value", path);

    public static StatusCause Invalid(string path, string value, string detail) =>
        new("FieldValueInvalid", $"Invalid value: {value}: {detail}", path);

    public static StatusCause Forbidden(string path, string detail) => new("FieldValueForbidden", $"Forbidden: {detail}", path);

    public static StatusCause Duplicate(string path, string value) => new("FieldValueDuplicate", $"Duplicate value: {value}", path);

    public static StatusCause TooMany(string path, int count, decimal most) =>
        new("FieldValueTooMany", $"Too many: {count}: must have at most {Numbers.Text(most)} items", path);

    public static StatusCause TooLong(string path, decimal most) =>
        new("FieldValueTooLong", $"Too long: may not be longer than {Numbers.Text(most)}", path);

    public static StatusCause NotSupported(string path, JsonNode? value, IEnumerable<JsonNode?> supported)
    {
        var words = string.Join(", ", supported.Select(Quoted));
        return new("FieldValueNotSupported", $"Unsupported value: {Text(value)}: supported values: {words}", path);
    }

    public static StatusCause Type(string path, string wanted, string found) =>
        new("FieldValueTypeInvalid", $"Invalid value: {found}: {path} in body must be of type {wanted}: {found}", path);

    public static StatusCause Type(string path, string wanted, JsonNode? found) => Type(path, wanted, $"\"{TypeName(found)}\"");

    /// <summary>A branch keyword that failed. Its field is no path: so it is recorded.</summary>
    public static StatusCause Branch(string path, string detail) => Invalid("<nil>", "\"\"", $"\"{path}\" {detail}");

    public static string Text(JsonNode? node) => node?.ToJsonString(Relaxed) ?? "null";

    public static string TypeName(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => Numbers.IsWhole(node) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null or JsonValueKind.Undefined or null => "null",
        _ => throw new InvalidOperationException("A JSON kind that System.Text.Json does not define."),
    };

    private static readonly JsonSerializerOptions Relaxed = new(JsonSerializerOptions.Default)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Quoted(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? Text(node) : $"\"{Text(node)}\"";
}
