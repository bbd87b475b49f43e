using Rollouts.Core;
using Rollouts.Model;

namespace Rollouts.Controller;

/// <summary>What the command line says; every default is that of <c>rollouts controller</c>.</summary>
public sealed record ControllerOptions
{
    /// <summary>The Prometheus that is asked where a Canary names none.</summary>
    public string MetricsServer { get; init; } = "http://prometheus:9090";

    /// <summary>The mesh of Canaries that name no provider.</summary>
    public string MeshProvider { get; init; } = "istio";

    /// <summary>Told every event of the Canaries that have no event hook of their own; null: nobody is.</summary>
    public string? EventWebhook { get; init; }

    /// <summary>The labels of which a target's selector has to have one, by which its pods are told from the primary's; the first it has is taken.</summary>
    public EquatableList<string> SelectorLabels { get; init; } = PodSelector.UsualLabels;

    /// <summary>Prefixes of the target's labels and annotations that the primary has too; <c>*</c> means all.</summary>
    public EquatableList<string> IncludeLabelPrefixes { get; init; } = [];

    /// <summary>
    /// Whether ConfigMaps and Secrets that a target refers to belong to its revision. Without it they are neither read nor watched, and
    /// target and primary share them.
    /// </summary>
    public bool EnableConfigTracking { get; init; } = true;

    /// <summary>Null: Canaries of all namespaces.</summary>
    public string? Namespace { get; init; }

    /// <summary>The group whose Canaries are worked on: rollouts.dev, or flagger.app to take over from Flagger.</summary>
    public string ApiGroup { get; init; } = "rollouts.dev";

    /// <summary>Where /metrics, /healthz and /readyz are served; 0 lets the system choose.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The address that port is bound to.</summary>
    public string BindAddress { get; init; } = "127.0.0.1";

    /// <summary>Canaries that are reconciled at the same time.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>The namespace of the Lease; null leads without one, for a single process that nobody competes with.</summary>
    public string? LeaseNamespace { get; init; }
}
