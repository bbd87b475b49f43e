using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Sandbox.ApiServer.Injecting;

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

    /// <summary>How many nodes there are, each with a pod of every DaemonSet; 1 to 100.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Where the kubeconfig is written; null: nowhere.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>What is installed beside the definitions of Istio and KEDA.</summary>
    public IReadOnlyList<JsonObject> CustomResourceDefinitions { get; init; } = [];

    /// <summary>Of everything left to chance: uids, which destination, which request fails.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What goes wrong between the API server and its callers; null: nothing.</summary>
    public IRequestFaults? Faults { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
