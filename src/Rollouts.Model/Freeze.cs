using Rollouts.Model.Json;

namespace Rollouts.Model;

/// <summary>A stretch of time in which no run starts or moves forward.</summary>
/// <param name="From">its first moment</param>
/// <param name="To">its end, the first moment after it</param>
/// <param name="Reason">why, for the people whose run it holds</param>
public sealed record Freeze(DateTimeOffset From, DateTimeOffset To, string? Reason)
{
    internal static Freeze? Read(JsonCursor json) =>
        json.Time("from") is { } from && json.Time("to") is { } to ? new Freeze(from, to, json.Text("reason")) : null;
}
