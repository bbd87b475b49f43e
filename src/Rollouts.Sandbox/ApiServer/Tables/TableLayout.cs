using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>How a kind is printed.</summary>
/// <param name="Definitions">The columns, as a Table has them.</param>
/// <param name="Cells">The row of an object, given the time now.</param>
internal sealed record TableLayout(Func<JsonArray> Definitions, Func<JsonObject, DateTimeOffset, JsonArray> Cells)
{
    public static TableLayout Of(IReadOnlyList<TableColumn> columns) => new(
        () => new JsonArray([.. columns.Select(c => c.Definition())]),
        (obj, now) => new JsonArray([.. columns.Select(c => c.Cell(obj, now))]));
}
