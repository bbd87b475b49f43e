using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

internal static class NodeColumns
{
    public static TableColumn[] All(TableColumn name, TableColumn age) =>
    [
        name,
        new("Status", (n, _) => Ready(n) ? "Ready" : "NotReady"),
        new("Roles", (_, _) => "<none>"),
        age,
        new("Version", (n, _) => n.TextAt("status", "nodeInfo", "kubeletVersion") ?? ""),
    ];

    private static bool Ready(JsonObject node) =>
        node.ObjectsAt("status", "conditions").Any(c => c.TextAt("type") == "Ready" && c.TextAt("status") == "True");
}
