using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Leading;

/// <summary>A coordination.k8s.io/v1 Lease as this program reads and writes it.</summary>
internal sealed class LeaseRecord(JsonObject lease)
{
    public static readonly ResourceType Type = new("coordination.k8s.io", "v1", "leases", "Lease");

    public string Version => lease.ResourceVersion;

    /// <summary>Empty where it is free.</summary>
    public string Holder => lease.Text("spec", "holderIdentity") ?? "";

    public TimeSpan? Duration => lease.Integer("spec", "leaseDurationSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public long Transitions => lease.Integer("spec", "leaseTransitions") ?? 0;

    public bool IsOf(LeaderTerm term) => Holder == term.Identity && Transitions == term.Number;

    public static JsonObject New(LeaderOptions options, LeaderTerm term, DateTimeOffset now) => new()
    {
        ["apiVersion"] = Type.ApiVersion,
        ["kind"] = Type.Kind,
        ["metadata"] = new JsonObject { ["namespace"] = options.Namespace, ["name"] = options.Name },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = term.Identity,
            ["leaseDurationSeconds"] = (int)options.LeaseDuration.TotalSeconds,
            ["acquireTime"] = MicroTime(now),
            ["renewTime"] = MicroTime(now),
            ["leaseTransitions"] = term.Number,
        },
    };

    /// <summary>The same lease, taken: everything that is not ours (labels, later fields) stays, the resourceVersion is the precondition.</summary>
    public JsonObject Taken(LeaderOptions options, LeaderTerm term, DateTimeOffset now) => With(spec =>
    {
        foreach (var (name, value) in New(options, term, now)["spec"]!.AsObject())
            spec[name] = value?.DeepClone();
    });

    public JsonObject Renewed(DateTimeOffset now) => With(spec => spec["renewTime"] = MicroTime(now));

    /// <summary>As client-go releases: no holder, and one second for those that do not understand an empty one.</summary>
    public JsonObject Released(DateTimeOffset now) => With(spec =>
    {
        spec["holderIdentity"] = "";
        spec["leaseDurationSeconds"] = 1;
        spec["renewTime"] = MicroTime(now);
    });

    private JsonObject With(Action<JsonObject> change)
    {
        var copy = lease.DeepClone().AsObject();
        if (copy["spec"] is not JsonObject spec)
            copy["spec"] = spec = [];
        change(spec);
        return copy;
    }

    /// <summary>The API's MicroTime refuses anything but six decimals.</summary>
    private static string MicroTime(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
