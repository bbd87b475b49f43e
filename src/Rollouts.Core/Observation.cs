using System.Text.Json.Nodes;
using Rollouts.Core.Controls;
using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core;

/// <summary>Everything that one decision may rest on, seen at one moment. Nothing here is a handle: it can be written down and replayed.</summary>
public sealed record Observation
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The Canary as it was read, its spec null where it is invalid.</summary>
    public required CanaryReading Canary { get; init; }

    /// <summary>The Canary that had our target or our apex Service before us; null where nobody else has them.</summary>
    public string? Rival { get; init; }

    /// <summary>Objects that stand under our names and are not ours.</summary>
    public EquatableList<ObjectId> Strangers { get; init; } = [];

    /// <summary>The user's workload; null where there is none.</summary>
    public TargetFacts? Target { get; init; }

    /// <summary>The labels of which the target's selector has to have one.</summary>
    public EquatableList<string> SelectorLabels { get; init; } = PodSelector.UsualLabels;

    /// <summary>Our copy that serves; null until it is made.</summary>
    public WorkloadFacts? Primary { get; init; }

    /// <summary>The labels by which the primary workload selects its pods, which can never change; null where there is none.</summary>
    public EquatableMap? PrimarySelector { get; init; }

    /// <summary>Whether the apex Service selects the primary's pods.</summary>
    public bool ApexOnPrimary { get; init; }

    public RouteFacts Route { get; init; } = RouteFacts.None;

    /// <summary>Since when the apex Service and the route send to the target alone, as they do once a deleted Canary was handed back.</summary>
    public DateTimeOffset? HandedBackSince { get; init; }

    /// <summary>How long proxies and endpoints may take to follow before what they left behind is removed.</summary>
    public static TimeSpan Settling { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a candidate that takes no more traffic is left running, for proxies that have not followed yet.</summary>
    public static TimeSpan Draining { get; } = TimeSpan.FromSeconds(2);

    /// <summary>What the checks that were due have measured, in the order of the spec; empty where none was due or the answers are under way.</summary>
    public EquatableList<Measurement> Measurements { get; init; } = [];

    /// <summary>What the webhooks that were due have answered; empty where none was due or the answers are under way.</summary>
    public EquatableList<GateAnswer> Answers { get; init; } = [];

    /// <summary>The control annotations and who set them.</summary>
    public EquatableList<Control> Controls { get; init; } = [];

    /// <summary>The templates kept in ControllerRevisions, by revision.</summary>
    public IReadOnlyDictionary<string, JsonObject> Snapshots { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>The autoscaler that the Canary names; null where it names none, or there is none.</summary>
    public ScalerFacts? Scaler { get; init; }

    /// <summary>Our copies of ConfigMaps and Secrets, each with the hash of its contents.</summary>
    public IReadOnlyDictionary<ObjectId, string> ConfigCopies { get; init; } = new Dictionary<ObjectId, string>();

    /// <summary>Names that a copy for the primary would have, and somebody else's object has.</summary>
    public EquatableList<ObjectId> TakenConfigNames { get; init; } = [];

    public CanaryStatus Status => Canary.Status;

    /// <summary>Nothing is under way that an unfit target could keep from its end.</summary>
    internal bool IsAtRest => Status is
    { Phase: Phase.Initializing or Phase.Initialized or Phase.Waiting or Phase.Succeeded } or { Phase: Phase.Failed, Run.RetiredAt: not null };
}
