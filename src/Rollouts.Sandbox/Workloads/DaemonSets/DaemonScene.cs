using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.DaemonSets;

/// <summary>A DaemonSet and its pods on the one node as one reconcile found them.</summary>
/// <param name="Hash">The hash of the present template.</param>
/// <param name="Wanted">Whether the node is one for its pods.</param>
internal sealed record DaemonScene(JsonObject Set, string Hash, bool Wanted, IReadOnlyList<JsonObject> Pods, DateTimeOffset Now)
{
    public TimeSpan MinReady => TimeSpan.FromSeconds(Set.NumberAt("spec", "minReadySeconds") ?? 0);

    private List<JsonObject> Active => [.. Pods.Where(p => p.IsActive()).OrderBy(p => p.Created()).ThenBy(p => p.Name(), StringComparer.Ordinal)];

    private bool Rolls => Set.TextAt("spec", "updateStrategy", "type") != "OnDelete";

    // With one node a surge of any size is one pod more, and then none may be unavailable.
    private bool Surges => IntOrPercent.Resolve(Set.At("spec", "updateStrategy", "rollingUpdate", "maxSurge"), 1, roundUp: true) > 0;

    /// <summary>Whether a pod is to be made: none is there, told to end or not, or a surge brings the new beside the old.</summary>
    public bool IsMissingOne => Wanted
        && (Pods.Count == 0 || (Rolls && Surges && Active.Count == 1 && !IsCurrent(Active[0]) && Pods.Count == 1));

    /// <summary>The pods that have to go now.</summary>
    public IEnumerable<JsonObject> Unwanted()
    {
        List<JsonObject> active = Active;
        IEnumerable<JsonObject> ended = Pods.Where(p => p.HasEnded() && !p.IsDeleting());
        if (!Wanted)
            return active.Concat(ended);
        JsonObject? current = active.FirstOrDefault(IsCurrent);
        List<JsonObject> old = [.. active.Where(p => !IsCurrent(p))];
        IEnumerable<JsonObject> surplus = active.Where(p => IsCurrent(p) && p != current).Concat(old.Skip(1)).Concat(ended);
        if (old.Count == 0 || !Rolls)
            return surplus;
        bool replaceable = !Surges || (current is not null && current.IsAvailable(MinReady, Now)) || !old[0].IsAvailable(MinReady, Now);
        return replaceable ? surplus.Append(old[0]) : surplus;
    }

    public JsonObject Status()
    {
        // The oldest pod stands for the node, those included that were told to end.
        JsonObject? pod = Wanted ? Pods.OrderBy(p => p.Created()).FirstOrDefault() : null;
        int available = pod is not null && pod.IsAvailable(MinReady, Now) ? 1 : 0;
        var status = new JsonObject
        {
            ["currentNumberScheduled"] = pod is null ? 0 : 1,
            ["numberMisscheduled"] = !Wanted && Pods.Count > 0 ? 1 : 0,
            ["desiredNumberScheduled"] = Wanted ? 1 : 0,
            ["numberReady"] = pod is not null && pod.IsReady() ? 1 : 0,
            ["observedGeneration"] = Set.NumberAt("metadata", "generation"),
        };
        status.PutCounter("updatedNumberScheduled", pod is not null && IsCurrent(pod) ? 1 : 0);
        status.PutCounter("numberAvailable", available);
        status.PutCounter("numberUnavailable", (Wanted ? 1 : 0) - available);
        return status;
    }

    private bool IsCurrent(JsonObject pod) => pod.TextAt("metadata", "labels", DaemonPod.HashLabel) == Hash;
}
