using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

internal static class WorkloadColumns
{
    private static readonly TableColumn Containers = new TableColumn("Containers", (o, _) => Each(o, "name")).Wide();
    private static readonly TableColumn Images = new TableColumn("Images", (o, _) => Each(o, "image")).Wide();
    private static readonly TableColumn Selector = new TableColumn("Selector", (o, _) => SelectorText.Of(o["spec"].ObjectAt("selector"))).Wide();

    public static TableColumn[] Deployment(TableColumn name, TableColumn age) =>
    [
        name,
        new("Ready", (o, _) => $"{Status(o, "readyReplicas")}/{Spec(o, "replicas")}"),
        new("Up-to-date", (o, _) => Status(o, "updatedReplicas")),
        new("Available", (o, _) => Status(o, "availableReplicas")),
        age, Containers, Images, Selector,
    ];

    public static TableColumn[] ReplicaSet(TableColumn name, TableColumn age) =>
    [
        name,
        new("Desired", (o, _) => Spec(o, "replicas"), "integer"),
        new("Current", (o, _) => Status(o, "replicas"), "integer"),
        new("Ready", (o, _) => Status(o, "readyReplicas"), "integer"),
        age, Containers, Images, Selector,
    ];

    public static TableColumn[] DaemonSet(TableColumn name, TableColumn age) =>
    [
        name,
        new("Desired", (o, _) => Status(o, "desiredNumberScheduled"), "integer"),
        new("Current", (o, _) => Status(o, "currentNumberScheduled"), "integer"),
        new("Ready", (o, _) => Status(o, "numberReady"), "integer"),
        new("Up-to-date", (o, _) => Status(o, "updatedNumberScheduled"), "integer"),
        new("Available", (o, _) => Status(o, "numberAvailable"), "integer"),
        new("Node Selector", (o, _) => SelectorText.OfLabels(o.ObjectAt("spec", "template", "spec", "nodeSelector"))),
        age, Containers, Images, Selector,
    ];

    public static TableColumn[] StatefulSet(TableColumn name, TableColumn age) =>
        [name, new("Ready", (o, _) => $"{Status(o, "readyReplicas")}/{Spec(o, "replicas")}"), age, Containers, Images];

    public static TableColumn[] Job(TableColumn name, TableColumn age) =>
        [name, new("Completions", (o, _) => $"{Status(o, "succeeded")}/{Spec(o, "completions")}"), new("Duration", (_, _) => ""), age, Containers, Images, Selector];

    public static TableColumn[] CronJob(TableColumn name, TableColumn age) =>
    [
        name,
        new("Schedule", (o, _) => o.TextAt("spec", "schedule")),
        new("Suspend", (o, _) => o.TrueAt("spec", "suspend") ? "True" : "False"),
        new("Active", (o, _) => o.ObjectsAt("status", "active").Count(), "integer"),
        new("Last Schedule", (o, now) => o.TextAt("status", "lastScheduleTime") is { } last ? Ages.Since(last, now) : "<none>"),
        age,
    ];

    public static TableColumn[] ControllerRevision(TableColumn name, TableColumn age) =>
    [
        name,
        new("Controller", (o, _) => o.Owners().FirstOrDefault() is { } owner ? $"{owner.TextAt("kind")?.ToLowerInvariant()}.apps/{owner.TextAt("name")}" : "<none>"),
        new("Revision", (o, _) => o.NumberAt("revision") ?? 0),
        age,
    ];

    private static string Each(JsonObject obj, string member) =>
        string.Join(",", obj.ObjectsAt("spec", "template", "spec", "containers").Select(c => c.TextAt(member)));

    private static long Spec(JsonObject obj, string name) => obj.NumberAt("spec", name) ?? 0;

    private static long Status(JsonObject obj, string name) => obj.NumberAt("status", name) ?? 0;
}
