using System.Text.Json.Nodes;
using Rollouts.Core;

namespace Rollouts.Simulation.Releasing;

/// <summary>The workload that is released.</summary>
internal static class Targets
{
    /// <summary>Where no Deployment is given.</summary>
    public static JsonObject Made(Names names) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "Deployment",
        ["metadata"] = new JsonObject { ["name"] = names.Target, ["namespace"] = names.Namespace },
        ["spec"] = new JsonObject
        {
            ["replicas"] = 2,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = names.Target } },
            ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = names.Target } } },
        },
    };

    /// <summary>The template of its next version.</summary>
    public static JsonNode Next(JsonObject target)
    {
        var next = target["spec"]?["template"]?.DeepClone() as JsonObject ?? [];
        if (next["metadata"] is not JsonObject metadata)
            next["metadata"] = metadata = [];
        if (metadata["annotations"] is not JsonObject annotations)
            metadata["annotations"] = annotations = [];
        annotations["rollouts.dev/simulated"] = "the next version";
        return next;
    }
}
