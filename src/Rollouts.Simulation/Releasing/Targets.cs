using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Targets;
using Rollouts.Model;

namespace Rollouts.Simulation.Releasing;

/// <summary>What is released.</summary>
internal static class Targets
{
    private const string Mark = "rollouts.dev/simulated";

    /// <summary>Where no target is given.</summary>
    public static JsonObject Made(Names names) => new()
    {
        ["apiVersion"] = names.Kind == TargetKind.Service ? "v1" : "apps/v1",
        ["kind"] = names.Kind.ToString(),
        ["metadata"] = new JsonObject { ["name"] = names.Target, ["namespace"] = names.Namespace },
        ["spec"] = names.Kind switch
        {
            TargetKind.Deployment => Workload(names, new JsonObject { ["replicas"] = 2 }),
            TargetKind.DaemonSet => Workload(names, []),
            TargetKind.Service => new JsonObject { ["selector"] = Labels(names) },
        },
    };

    /// <summary>What is released of its next version.</summary>
    public static JsonObject Next(TargetKind kind, JsonObject target)
    {
        var next = TargetKinds.Released(kind, target["spec"] as JsonObject ?? []).DeepClone().AsObject();
        var marked = kind == TargetKind.Service
            ? Section(next, "selector")
            : Section(Section(Section(next, "template"), "metadata"), "annotations");
        marked[Mark] = "the next version";
        return next;
    }

    private static JsonObject Workload(Names names, JsonObject spec)
    {
        spec["selector"] = new JsonObject { ["matchLabels"] = Labels(names) };
        spec["template"] = new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = Labels(names) },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = names.Target }) },
        };
        return spec;
    }

    private static JsonObject Labels(Names names) => new() { ["app"] = names.Target };

    private static JsonObject Section(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject section)
            parent[name] = section = [];
        return section;
    }
}
