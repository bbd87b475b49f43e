using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

internal static class OtherColumns
{
    public static TableColumn[] Autoscaler(TableColumn name, TableColumn age) =>
    [
        name,
        new("Reference", (a, _) => $"{a.TextAt("spec", "scaleTargetRef", "kind")}/{a.TextAt("spec", "scaleTargetRef", "name")}"),
        new("Targets", (a, _) => Targets(a)),
        new("MinPods", (a, _) => $"{a.NumberAt("spec", "minReplicas")}"),
        new("MaxPods", (a, _) => a.NumberAt("spec", "maxReplicas")),
        new("Replicas", (a, _) => a.NumberAt("status", "currentReplicas") ?? 0),
        age,
    ];

    public static TableColumn[] DisruptionBudget(TableColumn name, TableColumn age) =>
    [
        name,
        new("Min Available", (b, _) => b.At("spec", "minAvailable")?.ToString() ?? "N/A"),
        new("Max Unavailable", (b, _) => b.At("spec", "maxUnavailable")?.ToString() ?? "N/A"),
        new("Allowed Disruptions", (b, _) => b.NumberAt("status", "disruptionsAllowed") ?? 0, "integer"),
        age,
    ];

    public static TableColumn[] Binding(TableColumn name, TableColumn age) =>
        [name, new("Role", (b, _) => $"{b.TextAt("roleRef", "kind")}/{b.TextAt("roleRef", "name")}"), age];

    public static TableColumn[] Event(TableColumn name) =>
    [
        new("Last Seen", (e, now) => Ages.Since(Last(e), now)),
        new("Type", (e, _) => e.TextAt("type") ?? ""),
        new("Reason", (e, _) => e.TextAt("reason") ?? ""),
        new("Object", (e, _) => $"{About(e, "kind").ToLowerInvariant()}/{About(e, "name")}"),
        new TableColumn("Subobject", (e, _) => About(e, "fieldPath")).Wide(),
        new TableColumn("Source", (e, _) => Source(e)).Wide(),
        new("Message", (e, _) => (e.TextAt("message") ?? e.TextAt("note") ?? "").Trim()),
        new TableColumn("First Seen", (e, now) => Ages.Since(First(e), now)).Wide(),
        new TableColumn("Count", (e, _) => e.NumberAt("series", "count") ?? e.NumberAt("count") ?? e.NumberAt("deprecatedCount") ?? 1).Wide(),
        name.Wide(),
    ];

    private static string Targets(JsonObject autoscaler) => autoscaler.NumberAt("spec", "targetCPUUtilizationPercentage") is { } percent
        ? $"<unknown>/{percent}%"
        : string.Join(", ", autoscaler.ObjectsAt("spec", "metrics").Select(Target));

    // Nothing is measured, and of the targets these are the ones that a user writes.
    private static string Target(JsonObject metric)
    {
        JsonObject? target = metric.ObjectAt("resource", "target");
        return target.NumberAt("averageUtilization") is { } percent ? $"<unknown>/{percent}%" : $"<unknown>/{target.TextAt("averageValue") ?? "<auto>"}";
    }

    private static string About(JsonObject happening, string member) =>
        happening.TextAt("involvedObject", member) ?? happening.TextAt("regarding", member) ?? "";

    private static string? First(JsonObject happening) =>
        happening.TextAt("firstTimestamp") ?? happening.TextAt("deprecatedFirstTimestamp") ?? happening.TextAt("eventTime");

    private static string? Last(JsonObject happening) => happening.TextAt("series", "lastObservedTime")
        ?? happening.TextAt("lastTimestamp") ?? happening.TextAt("deprecatedLastTimestamp") ?? First(happening);

    private static string Source(JsonObject happening)
    {
        JsonObject? source = happening.ObjectAt("source") ?? happening.ObjectAt("deprecatedSource");
        string component = source.TextAt("component") ?? happening.TextAt("reportingComponent") ?? happening.TextAt("reportingController") ?? "";
        return source.TextAt("host") is { Length: > 0 } host ? $"{component}, {host}" : component;
    }
}
