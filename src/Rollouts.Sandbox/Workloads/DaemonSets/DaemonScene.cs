using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.DaemonSets;

/// <summary>A DaemonSet and its pods on all nodes as one reconcile found them.</summary>
internal sealed record DaemonScene(JsonObject Set, IReadOnlyList<DaemonPlace> Places, DateTimeOffset Now)
{
    public TimeSpan MinReady => TimeSpan.FromSeconds(Set.NumberAt("spec", "minReadySeconds") ?? 0);

    private bool Rolls => Set.TextAt("spec", "updateStrategy", "type") != "OnDelete";

    private List<DaemonPlace> Wanted => [.. Places.Where(p => p.Wanted)];

    /// <summary>How many nodes may have the new pod beside the old one; then none may be without an available one.</summary>
    private int Surge => Share("maxSurge");

    /// <summary>The nodes that get a pod: those where none is, told to end or not, and those where the new one comes beside the old.</summary>
    public IEnumerable<DaemonPlace> Missing() => Wanted.Where(p => p.Pods.Count == 0).Concat(Rolls && Surge > 0 ? Surging() : []);

    /// <summary>The pods that have to go now.</summary>
    public IEnumerable<JsonObject> Unwanted() =>
        Places.SelectMany(p => p.Surplus()).Concat(!Rolls ? [] : Surge > 0 ? Outlived() : Replaceable());

    public JsonObject Status()
    {
        List<JsonObject> counted = [.. Wanted.Select(p => p.Counted).OfType<JsonObject>()];
        int available = counted.Count(IsAvailable);
        var status = new JsonObject
        {
            ["currentNumberScheduled"] = counted.Count,
            ["numberMisscheduled"] = Places.Count(p => !p.Wanted && p.Pods.Count > 0),
            ["desiredNumberScheduled"] = Wanted.Count,
            ["numberReady"] = counted.Count(p => p.IsReady()),
            ["observedGeneration"] = Set.NumberAt("metadata", "generation"),
        };
        status.PutCounter("updatedNumberScheduled", Wanted.Count(p => p.Counted is { } pod && p.IsCurrent(pod)));
        status.PutCounter("numberAvailable", available);
        status.PutCounter("numberUnavailable", Wanted.Count - available);
        return status;
    }

    // An old pod that does not serve makes room for no surge: it goes by itself.
    private IEnumerable<DaemonPlace> Surging()
    {
        int starting = Wanted.Count(p => p is { Current: { } current, Old: not null } && !IsAvailable(current));
        return Wanted.Where(p => p is { Pods.Count: 1, Current: null, Old: not null }).Take(Math.Max(0, Surge - starting));
    }

    private IEnumerable<JsonObject> Outlived() => Wanted
        .Where(p => p.Old is { } old && (!IsAvailable(old) || (p.Current is { } current && IsAvailable(current))))
        .Select(p => p.Old).OfType<JsonObject>();

    // What does not serve may go at once; of what serves only as many as may be missing.
    private IEnumerable<JsonObject> Replaceable()
    {
        int missing = Wanted.Count(p => (p.Current ?? p.Old) is not { } pod || !IsAvailable(pod));
        ILookup<bool, JsonObject> old = Wanted.Where(p => p.Current is null).Select(p => p.Old).OfType<JsonObject>().ToLookup(IsAvailable);
        return old[false].Concat(old[true].Take(Math.Max(0, Math.Max(1, Share("maxUnavailable")) - missing)));
    }

    private int Share(string field) =>
        IntOrPercent.Resolve(Set.At("spec", "updateStrategy", "rollingUpdate", field), Wanted.Count, roundUp: true);

    private bool IsAvailable(JsonObject pod) => pod.IsAvailable(MinReady, Now);
}
