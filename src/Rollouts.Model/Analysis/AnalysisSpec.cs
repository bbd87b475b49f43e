using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>How a run moves and what it is judged by.</summary>
public sealed record AnalysisSpec
{
    public Interval Interval { get; init; } = Defaults.AnalysisInterval;

    /// <summary>Failed checks, counted over the whole run, at which it is rolled back.</summary>
    public int Threshold { get; init; } = Defaults.Threshold;

    /// <summary>The ramp's even step; null when <see cref="StepWeights"/> are listed.</summary>
    public Weight? StepWeight { get; init; }

    /// <summary>The ramp's steps one by one, strictly ascending; empty when <see cref="StepWeight"/> is given.</summary>
    public EquatableList<Weight> StepWeights { get; init; } = [];

    /// <summary>The ramp of <see cref="StepWeight"/> ends at the first weight that is not below this.</summary>
    public Weight MaxWeight { get; init; } = Defaults.MaxWeight;

    /// <summary>Step in which traffic goes back to the promoted primary; zero: all at once.</summary>
    public Weight StepWeightPromotion { get; init; }

    /// <summary>Checks of a blue/green or A/B run.</summary>
    public int? Iterations { get; init; }

    /// <summary>The explicit program.</summary>
    public EquatableList<StepSpec> Steps { get; init; } = [];

    /// <summary>Whether traffic is copied to the candidate before it takes any.</summary>
    public bool Mirror { get; init; }

    /// <summary>Share of the traffic that is copied.</summary>
    public Weight MirrorWeight { get; init; } = Defaults.MirrorWeight;

    /// <summary>The requests of an A/B run, as written.</summary>
    public EquatableList<RawJson> Match { get; init; } = [];

    /// <summary>Share of the primary's pods that must be ready.</summary>
    public Percentage PrimaryReadyThreshold { get; init; } = Defaults.ReadyThreshold;

    /// <summary>Share of the candidate's pods that must be ready.</summary>
    public Percentage CanaryReadyThreshold { get; init; } = Defaults.ReadyThreshold;

    public EquatableList<MetricSpec> Metrics { get; init; } = [];

    public EquatableList<HookSpec> Webhooks { get; init; } = [];

    /// <summary>Null: a user may see the one version now and the other the next time.</summary>
    public AffinitySpec? Affinity { get; init; }

    public PromotionMode Promotion { get; init; } = PromotionMode.Automatic;

    public RawJson? Comparison { get; init; }

    /// <summary>How long a step may wait for data, a gate or a readiness.</summary>
    public TimeSpan MaxHold { get; init; } = Defaults.MaxHold;

    public HoldTimeout OnHoldTimeout { get; init; } = HoldTimeout.Rollback;

    /// <summary>Whether a candidate pod that cannot start ends the run at once.</summary>
    public bool AbortOnPodFailure { get; init; } = true;

    internal static AnalysisSpec Read(JsonCursor json) => new()
    {
        Interval = json.Interval("interval") ?? Defaults.AnalysisInterval,
        Threshold = json.Integer("threshold") ?? Defaults.Threshold,
        StepWeight = json.Weight("stepWeight"),
        StepWeights = json.Weights("stepWeights"),
        MaxWeight = json.Weight("maxWeight") ?? Defaults.MaxWeight,
        StepWeightPromotion = json.Weight("stepWeightPromotion") ?? Weight.Zero,
        Iterations = json.Integer("iterations"),
        Steps = json.List("steps", item => StepSpec.Read(new JsonCursor(item))),
        Mirror = json.Flag("mirror") ?? false,
        MirrorWeight = json.Weight("mirrorWeight") ?? Defaults.MirrorWeight,
        Match = json.Raws("match"),
        PrimaryReadyThreshold = json.Percentage("primaryReadyThreshold") ?? Defaults.ReadyThreshold,
        CanaryReadyThreshold = json.Percentage("canaryReadyThreshold") ?? Defaults.ReadyThreshold,
        Metrics = json.List("metrics", item => MetricSpec.Read(new JsonCursor(item))),
        Webhooks = json.List("webhooks", item => HookSpec.Read(new JsonCursor(item))),
        Affinity = AffinitySpec.Read(json.Object("sessionAffinity")),
        Promotion = json.Word<PromotionMode>("promotion", Words.Camel) ?? PromotionMode.Automatic,
        Comparison = json.Raw("comparison"),
        MaxHold = json.Duration("maxHold") ?? Defaults.MaxHold,
        OnHoldTimeout = json.Word<HoldTimeout>("onHoldTimeout", Words.Camel) ?? HoldTimeout.Rollback,
        AbortOnPodFailure = json.Flag("abortOnPodFailure") ?? true,
    };
}
