using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>One column of what <c>kubectl get</c> prints.</summary>
/// <param name="Cell">Given an object and the time now.</param>
/// <param name="Priority">0 is always shown, 1 with <c>-o wide</c>.</param>
internal sealed record TableColumn(
    string Name, Func<JsonObject, DateTimeOffset, JsonNode?> Cell, string Type = "string", string Format = "", string Description = "", int Priority = 0)
{
    public JsonObject Definition() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Format,
        ["description"] = Description,
        ["priority"] = Priority,
    };

    public TableColumn Wide() => this with { Priority = 1 };
}
