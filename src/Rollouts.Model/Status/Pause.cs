using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>A run held at its split until a person resumes or promotes it. Checks go on meanwhile and may still roll back.</summary>
/// <param name="By">Who paused it.</param>
/// <param name="Reason">Why, in the words of who did.</param>
public sealed record Pause(DateTimeOffset Since, string By, string? Reason)
{
    internal JsonObject ToJson() => new JsonFields().Add("since", Since).Add("by", By).Add("reason", Reason).ToObject();

    internal static Pause? Read(JsonCursor json) =>
        json.Time("since") is { } since ? new(since, json.Text("by") ?? "", json.Text("reason")) : null;
}
