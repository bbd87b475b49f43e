using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>The additionalPrinterColumns of a custom resource definition.</summary>
internal static class CustomColumns
{
    public static TableColumn Of(JsonObject column)
    {
        string type = column.TextAt("type") ?? "string";
        JsonPath path = JsonPath.Parse(column.TextAt("jsonPath") ?? "");
        return new TableColumn(
            column.TextAt("name") ?? "", (obj, now) => Cell(path.Find(obj).FirstOrDefault(), type, now), type,
            column.TextAt("format") ?? "", column.TextAt("description") ?? "", (int)(column.NumberAt("priority") ?? 0));
    }

    // A value of another type than its column's is no value.
    private static JsonNode? Cell(JsonNode? value, string type, DateTimeOffset now)
    {
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return (type, kind) switch
        {
            (_, JsonValueKind.Null) => null,
            ("integer", JsonValueKind.Number) => value!.DeepClone(),
            ("number", JsonValueKind.Number) => value!.DeepClone(),
            ("boolean", JsonValueKind.True or JsonValueKind.False) => value!.DeepClone(),
            ("date", JsonValueKind.String) => Ages.Since(value.AsText(), now),
            ("string", JsonValueKind.String) => value.AsText(),
            ("string", _) => value!.ToJsonString(),
            _ => null,
        };
    }
}
