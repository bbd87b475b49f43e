using System.Text.Json.Nodes;

namespace Rollouts.Model.Definition;

/// <summary>What <c>kubectl get canaries</c> shows, and with <c>-o wide</c> more.</summary>
internal static class PrinterColumns
{
    public static JsonArray ToJson() =>
    [
        Column("Phase", "string", ".status.phase"),
        Column("Weight", "integer", ".status.canaryWeight"),
        Column("Step", "string", ".status.stepProgress"),
        Column("Failed", "integer", ".status.failedChecks"),
        Column("Message", "string", ".status.message"),
        Wide("Interval", "string", ".spec.analysis.interval"),
        Wide("Provider", "string", ".spec.provider"),
        Wide("Revision", "string", ".status.lastAppliedSpec"),
        Wide("Age", "date", ".metadata.creationTimestamp"),
    ];

    private static JsonObject Column(string name, string type, string path) => new() { ["name"] = name, ["type"] = type, ["jsonPath"] = path };

    // kubectl shows columns of priority 0 always and others with -o wide.
    private static JsonObject Wide(string name, string type, string path)
    {
        var column = Column(name, type, path);
        column["priority"] = 1;
        return column;
    }
}
