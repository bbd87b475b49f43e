using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>Points in time as they stand in objects, in whole seconds.</summary>
internal static class Moments
{
    public static DateTimeOffset? MomentAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(node.TextAt(path), CultureInfo.InvariantCulture, out DateTimeOffset moment) ? moment : null;

    public static DateTimeOffset Created(this JsonNode? obj) => obj.MomentAt("metadata", "creationTimestamp") ?? default;
}
