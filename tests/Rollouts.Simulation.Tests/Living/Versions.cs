using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Core.Targets;
using Rollouts.Model;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>The user's workload at one version or another.</summary>
internal static class Versions
{
    /// <summary>Its pods never become ready.</summary>
    public const string Stuck = "stuck";

    /// <summary>Its pods crash.</summary>
    public const string Crashing = "crashing";

    /// <summary>What is pushed at the end of every life.</summary>
    public const string Last = "last";

    private static readonly string[] All = ["1", "2", "3", "4", Stuck, Crashing, Last];

    private static readonly Dictionary<TargetKind, Dictionary<string, string>> Known =
        Enum.GetValues<TargetKind>().ToDictionary(kind => kind, kind => All.ToDictionary(version => version, version => Name(kind, version)));

    public static string RevisionOf(TargetKind kind, string version) => Known[kind][version];

    public static string VersionOf(TargetKind kind, string revision) => Known[kind].First(pair => pair.Value == revision).Key;

    public static JsonObject Template(string version) => JsonNode.Parse($$$"""
        {"metadata": {"labels": {"app": "podinfo"}}, "spec": {"containers": [{"name": "podinfod", "image": "podinfo:{{{version}}}"}]}}
        """)!.AsObject();

    /// <summary>What of the target's spec is released.</summary>
    public static JsonObject Released(TargetKind kind, string version) => kind == TargetKind.Service
        ? new JsonObject { ["selector"] = new JsonObject { ["app"] = "podinfo", ["version"] = version } }
        : new JsonObject { ["template"] = Template(version) };

    public static JsonObject Target(TargetKind kind, string version)
    {
        var spec = Released(kind, version);
        if (kind != TargetKind.Service)
            spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "podinfo" } };
        if (kind == TargetKind.Deployment)
            spec["replicas"] = 2;
        return new JsonObject
        {
            ["apiVersion"] = kind == TargetKind.Service ? "v1" : "apps/v1",
            ["kind"] = kind.ToString(),
            ["metadata"] = new JsonObject { ["name"] = "podinfo", ["namespace"] = "shop" },
            ["spec"] = spec,
        };
    }

    /// <summary>Whether nothing of it runs. A Service has nothing that could.</summary>
    public static bool IsAtRest(TargetKind kind, JsonObject target) => kind switch
    {
        TargetKind.Deployment => target["spec"]!["replicas"]!.GetValue<int>() == 0,
        TargetKind.DaemonSet => DaemonRest.IsIn(target["spec"]!["template"]),
        TargetKind.Service => true,
    };

    private static string Name(TargetKind kind, string version) =>
        Revision.Of(kind == TargetKind.Service ? Released(kind, version) : Template(version));
}
