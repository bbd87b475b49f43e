using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>What a step waits for, and since when: <c>analysis.maxHold</c> counts from there.</summary>
public sealed record Hold(DateTimeOffset Since, string Reason)
{
    internal JsonObject ToJson() => new JsonFields().Add("since", Since).Add("reason", Reason).ToObject();

    internal static Hold? Read(JsonCursor json) => json.Time("since") is { } since ? new(since, json.Text("reason") ?? "") : null;
}
