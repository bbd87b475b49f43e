using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>A control that was acted on in a run: what, who asked, and why.</summary>
/// <param name="Control">The short name of the annotation: <c>pause</c>; <c>promote full</c> where the rest of the program was skipped.</param>
/// <param name="By">The field manager that wrote the annotation.</param>
/// <param name="Reason">Why, in the words of who asked; null: they gave none.</param>
public sealed record HandRecord(string Control, string By, string? Reason, DateTimeOffset At)
{
    internal JsonObject ToJson() => new JsonFields().Add("control", Control).Add("by", By).Add("reason", Reason).Add("at", At).ToObject();

    internal static HandRecord? Read(JsonCursor json) =>
        json.Text("control") is { } control && json.Time("at") is { } at ? new(control, json.Text("by") ?? "", json.Text("reason"), at) : null;
}
