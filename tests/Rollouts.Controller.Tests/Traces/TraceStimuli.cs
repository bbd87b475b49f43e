using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>What a script does to the cluster, to Prometheus and to the webhooks.</summary>
internal sealed class TraceStimuli(Trace trace, TestWorld world, TraceStub stub)
{
    private static readonly ResourceKind[] Served =
    [
        TestWorld.Canaries, Kinds.Deployments, Kinds.DaemonSets, Kinds.ConfigMaps, Kinds.HorizontalPodAutoscalers,
    ];

    public async Task DoAsync(JsonArray step)
    {
        switch ((string)step[0]!)
        {
            case "create":
                foreach (var manifest in trace.Manifests)
                    world.Create(KindOf(manifest), Ours(manifest));
                break;
            case "image":
                world.SetImage((string)step[1]!, kind: KindOf(trace.Manifests.First(manifest => manifest["spec"]?["template"] is not null)));
                break;
            case "patch":
                await PatchAsync((string)step[1]!, (string)step[2]!, step[3]!.AsObject());
                break;
            case "metric":
                Measure(step[1]!.AsObject());
                break;
            case "hook":
                stub.Set((string)step[1]!, (int)step[2]!);
                break;
            case "scrape":
                // Flagger's metrics have names of their own; ours are kept by a golden file.
                break;
            default:
                throw new NotSupportedException($"No recorded script has the step {step.ToJsonString()}.");
        }
    }

    /// <summary>The manifest with our group and names, and judged as Flagger judges.</summary>
    private JsonObject Ours(JsonObject manifest)
    {
        var ours = JsonNode.Parse(manifest.ToJsonString()
            .Replace("{api}", TestWorld.Canaries.ApiVersion)
            .Replace("{stub}", stub.Url)
            .Replace("{ns}", world.Namespace))!.AsObject();
        if (ours["spec"]?["analysis"] is not JsonObject analysis)
            return ours;
        // The recorded Prometheus knows percentages and milliseconds, but no counters to compare.
        analysis["comparison"] = new JsonObject { ["mode"] = "off" };
        foreach (var metric in analysis["metrics"]!.AsArray())
            metric!["judge"] = "exact";
        // No recording gets near its deadline of a minute, but on a fast clock a busy machine might.
        ours["spec"]!["progressDeadlineSeconds"] = 600;
        return ours;
    }

    private static ResourceKind KindOf(JsonObject manifest) => Served.Single(kind => kind.Kind == (string?)manifest["kind"]);

    private Task PatchAsync(string plural, string name, JsonObject patch)
    {
        var kind = Served.Single(kind => kind.Plural == plural);
        var type = new ResourceType(kind.Group, kind.Version, kind.Plural, kind.Kind);
        return world.Client().PatchAsync(type, new ResourceKey(world.Namespace, name), ObjectPatch.Merge(patch), null, CancellationToken.None);
    }

    private void Measure(JsonObject values)
    {
        foreach (var (metric, value) in values)
        {
            switch (metric)
            {
                case "success" when (value as JsonValue)?.TryGetValue<string>(out _) == true:
                    world.Metrics.Down = true;
                    break;
                case "success":
                    world.Metrics.SuccessRate = (double?)value;
                    break;
                case "latency":
                    world.Metrics.Duration = (double?)value;
                    break;
                default:
                    throw new NotSupportedException($"No recorded script measures {metric}.");
            }
        }
    }
}
