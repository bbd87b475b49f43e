using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas.Columns;
using Rollouts.Sandbox.ApiServer.Schemas.Structural;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>The columns of a custom kind's Table: the name, then additionalPrinterColumns, or the age where there are none.</summary>
public sealed class PrinterColumns
{
    private const string NameText = "Name must be unique within a namespace. Is required when creating resources.";
    private const string AgeText = "CreationTimestamp is a timestamp representing the server time when this object was created.";

    private static readonly IReadOnlyList<string> Types = ["boolean", "date", "integer", "number", "string"];

    private readonly IReadOnlyList<Column> columns;

    /// <param name="additional">additionalPrinterColumns of the version, as <see cref="Check"/> accepts them.</param>
    public PrinterColumns(JsonArray? additional) => columns = additional is { Count: > 0 }
        ? [.. additional.OfType<JsonObject>().Select(Column.Read)]
        : [new("Age", "date", "", AgeText, 0, JsonPath.Parse(".metadata.creationTimestamp"))];

    /// <returns>A Table's columnDefinitions.</returns>
    public JsonArray Definitions() => new([.. columns.Prepend(Column.Name).Select(c => c.ToJson())]);

    /// <returns>The cells of an object's row. A missing value, and one of another type than its column, is null.</returns>
    public JsonArray Cells(JsonObject obj, DateTimeOffset now) =>
        new([obj["metadata"]?["name"]?.DeepClone(), .. columns.Select(c => c.Cell(obj, now))]);

    /// <param name="path">Where the columns stand: <c>spec.additionalPrinterColumns</c> for a definition with one version.</param>
    /// <returns>What keeps the columns from being accepted.</returns>
    public static IReadOnlyList<StatusCause> Check(JsonArray additional, string path) =>
        [.. additional.OfType<JsonObject>().SelectMany((column, i) => Check(column, $"{path}[{i}]"))];

    private static IEnumerable<StatusCause> Check(JsonObject column, string path)
    {
        var (name, type, jsonPath) = ($"{column["name"]}", $"{column["type"]}", $"{column["jsonPath"]}");
        if (name.Length == 0)
            yield return Fault.Required($"{path}.name");
        if (type.Length == 0)
            yield return Fault.Required($"{path}.type", $"must be one of {string.Join(',', Types)}");
        else if (!Types.Contains(type))
            yield return Fault.Invalid($"{path}.type", $"\"{type}\"", $"must be one of {string.Join(',', Types)}");
        if (jsonPath.Length == 0)
            yield return Fault.Required($"{path}.JSONPath");
        else if (PathFault(jsonPath) is { } fault)
            yield return Fault.Invalid($"{path}.JSONPath", $"\"{jsonPath}\"", fault);
    }

    private static string? PathFault(string text)
    {
        try
        {
            _ = JsonPath.Parse(text);
            return null;
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }

    private sealed record Column(string Title, string Type, string Format, string Description, int Priority, JsonPath Path)
    {
        public static Column Name { get; } = new("Name", "string", "name", NameText, 0, JsonPath.Parse(".metadata.name"));

        public static Column Read(JsonObject column) => new(
            $"{column["name"]}", $"{column["type"]}", $"{column["format"]}", $"{column["description"]}",
            column["priority"]?.GetValue<int>() ?? 0, JsonPath.Parse($"{column["jsonPath"]}"));

        public JsonObject ToJson() => new()
        {
            ["name"] = Title,
            ["type"] = Type,
            ["format"] = Format,
            ["description"] = Description.Length > 0 ? Description : $"Custom resource definition column (in JSONPath format): {Title}",
            ["priority"] = Priority,
        };

        /// <summary>Of several values only the first is shown.</summary>
        public JsonNode? Cell(JsonObject obj, DateTimeOffset now)
        {
            if (Path.Find(obj).FirstOrDefault() is not { } value)
                return null;
            var kind = value.GetValueKind();
            return Type switch
            {
                "string" => kind == JsonValueKind.String ? value.DeepClone() : value.ToJsonString(),
                "integer" when Numbers.TryRead(value, out var number) => JsonValue.Create((long)decimal.Truncate(number)),
                "number" when kind == JsonValueKind.Number => value.DeepClone(),
                "boolean" when kind is JsonValueKind.True or JsonValueKind.False => value.DeepClone(),
                "date" when kind == JsonValueKind.String => Age(value.GetValue<string>(), now),
                _ => null,
            };
        }

        private static string Age(string time, DateTimeOffset now) =>
            DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var since)
                ? HumanDuration.Of(now - since)
                : "<invalid>";
    }
}
