using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

internal static class PodColumns
{
    public static TableColumn[] All(TableColumn name, TableColumn age) =>
    [
        name,
        new("Ready", (p, _) => $"{p.ObjectsAt("status", "containerStatuses").Count(s => s.TrueAt("ready"))}/{p.ObjectsAt("spec", "containers").Count()}"),
        new("Status", (p, _) => Status(p)),
        new("Restarts", (p, _) => p.ObjectsAt("status", "containerStatuses").Sum(s => s.NumberAt("restartCount") ?? 0).ToString(CultureInfo.InvariantCulture)),
        age,
        new TableColumn("IP", (p, _) => p.TextAt("status", "podIP") ?? "<none>").Wide(),
        new TableColumn("Node", (p, _) => p.TextAt("spec", "nodeName") ?? "<none>").Wide(),
        new TableColumn("Nominated Node", (p, _) => p.TextAt("status", "nominatedNodeName") ?? "<none>").Wide(),
        new TableColumn("Readiness Gates", (_, _) => "<none>").Wide(),
    ];

    // What upstream's printer calls the status: the reason of the last container that waits or has ended, else the phase.
    private static string Status(JsonObject pod)
    {
        string status = pod.TextAt("status", "reason") ?? pod.TextAt("status", "phase") ?? "Unknown";
        foreach (JsonObject container in pod.ObjectsAt("status", "containerStatuses").Reverse())
            status = container.TextAt("state", "waiting", "reason") ?? container.TextAt("state", "terminated", "reason") ?? status;
        return pod.IsDeleting() ? "Terminating" : status;
    }
}
