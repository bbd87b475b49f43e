using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Converting;

/// <summary>One event under two groups, with other names for the same fields.</summary>
internal static class EventConversion
{
    private static readonly (string Core, string New)[] Names =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("reportingComponent", "reportingController"), ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"),
    ];

    public static JsonObject ToCore(JsonObject obj) => Rename(obj, "v1", Names.Select(n => (n.New, n.Core)));

    public static JsonObject FromCore(JsonObject obj)
    {
        JsonObject renamed = Rename(obj, "events.k8s.io/v1", Names);
        foreach (string name in (string[])["reportingController", "reportingInstance"])
            if (renamed[name]?.ToString() is "")
                renamed.Remove(name);
        return renamed;
    }

    private static JsonObject Rename(JsonObject obj, string apiVersion, IEnumerable<(string From, string To)> names)
    {
        obj["apiVersion"] = apiVersion;
        foreach (var (from, to) in names)
            if (obj.Remove(from, out JsonNode? value))
                obj[to] = value;
        return obj;
    }
}
