using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Model;

namespace Rollouts.Core.Tests.Building;

/// <summary>The user's workload at one version or another, and what the versions' revisions are.</summary>
internal static class Versions
{
    public static string V1 { get; } = RevisionOf("1");

    public static string V2 { get; } = RevisionOf("2");

    public static string V3 { get; } = RevisionOf("3");

    public static PodSelector Selector { get; } = new("app", EquatableMap.Empty.With("app", "podinfo"));

    public static JsonObject Template(string version) => JsonNode.Parse($$$"""
        {
          "metadata": {"labels": {"app": "podinfo"}},
          "spec": {"containers": [{"name": "podinfod", "image": "podinfo:{{{version}}}"}]}
        }
        """)!.AsObject();

    /// <summary>The spec of the Deployment.</summary>
    public static JsonObject Spec(string version, int replicas = 2) => new()
    {
        ["replicas"] = replicas,
        ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "podinfo" } },
        ["minReadySeconds"] = 5,
        ["template"] = Template(version),
    };

    /// <summary>What a snapshot keeps of the version.</summary>
    public static JsonObject Snapshot(string version) => new() { ["template"] = Template(version), ["minReadySeconds"] = 5 };

    public static string RevisionOf(string version) => Revision.Of(Template(version));

    /// <summary>A workload all of whose pods are ready.</summary>
    public static WorkloadFacts Ready(string revision, int replicas = 2) => new()
    {
        Revision = revision,
        Wanted = replicas,
        Updated = replicas,
        Total = replicas,
        Available = replicas,
        UpToDate = true,
        ReadyEndpoints = replicas,
    };

    /// <summary>The target at a version, all its pods ready.</summary>
    public static TargetFacts Target(string version, int replicas = 2) =>
        new(Ready(RevisionOf(version), replicas), Selector, Spec(version, replicas));
}
