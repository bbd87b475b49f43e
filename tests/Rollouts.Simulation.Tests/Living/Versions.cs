using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;

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

    private static readonly Dictionary<string, string> Known = new[] { "1", "2", "3", "4", Stuck, Crashing, Last }.ToDictionary(version => version, version => Revision.Of(Template(version)));

    public static string RevisionOf(string version) => Known[version];

    public static string VersionOf(string revision) => Known.First(pair => pair.Value == revision).Key;

    public static JsonObject Template(string version) => JsonNode.Parse($$$"""
        {"metadata": {"labels": {"app": "podinfo"}}, "spec": {"containers": [{"name": "podinfod", "image": "podinfo:{{{version}}}"}]}}
        """)!.AsObject();

    /// <summary>What of the Deployment's spec is released.</summary>
    public static JsonObject Released(string version) => new() { ["template"] = Template(version) };

    public static JsonObject Deployment(string version) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "Deployment",
        ["metadata"] = new JsonObject { ["name"] = "podinfo", ["namespace"] = "shop" },
        ["spec"] = new JsonObject
        {
            ["replicas"] = 2,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "podinfo" } },
            ["template"] = Template(version),
        },
    };
}
