using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rollouts.Sandbox;

/// <summary>How a sandbox runs. Every port is on 127.0.0.1, and 0 takes a free one.</summary>
public sealed record SandboxOptions
{
    /// <summary>Of the Kubernetes API.</summary>
    public int ApiPort { get; init; }

    /// <summary>Where requests to the services enter, by their Host header.</summary>
    public int MeshPort { get; init; }

    /// <summary>Of Prometheus' query API.</summary>
    public int PrometheusPort { get; init; }

    public PrometheusKind Prometheus { get; init; } = PrometheusKind.Embedded;

    /// <summary>How long after its start a pod is ready, where it does not say otherwise; zero or more.</summary>
    public TimeSpan ReadyAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the kubeconfig is written; null: nowhere.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>What is installed beside Istio's definitions.</summary>
    public IReadOnlyList<JsonObject> CustomResourceDefinitions { get; init; } = [];

    /// <summary>Of everything left to chance: uids, which destination, which request fails.</summary>
    public int Seed { get; init; } = 1;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
