using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.DaemonSets;

/// <summary>One node, and the pods of a DaemonSet that are on it or meant for it.</summary>
/// <param name="Wanted">Whether the node is one for its pods.</param>
/// <param name="Hash">The hash of the present template.</param>
internal sealed record DaemonPlace(string Node, bool Wanted, string Hash, IReadOnlyList<JsonObject> Pods)
{
    private readonly List<JsonObject> active =
        [.. Pods.Where(p => p.IsActive()).OrderBy(p => p.Created()).ThenBy(p => p.Name(), StringComparer.Ordinal)];

    /// <summary>The pod of the present template, unless it was told to end.</summary>
    public JsonObject? Current => active.FirstOrDefault(IsCurrent);

    /// <summary>The pod of an earlier template, unless it was told to end.</summary>
    public JsonObject? Old => active.FirstOrDefault(p => !IsCurrent(p));

    /// <summary>The pod that is counted for the node: the oldest one, those included that were told to end.</summary>
    public JsonObject? Counted => Wanted ? Pods.OrderBy(p => p.Created()).FirstOrDefault() : null;

    /// <summary>The pods that have to go whatever the strategy of updates is.</summary>
    public IEnumerable<JsonObject> Surplus() =>
        active.Where(p => !Wanted || (p != Current && p != Old)).Concat(Pods.Where(p => p.HasEnded() && !p.IsDeleting()));

    public bool IsCurrent(JsonObject pod) => pod.TextAt("metadata", "labels", DaemonPod.HashLabel) == Hash;
}
