namespace Rollouts.Sandbox.Prometheus;

public sealed record PrometheusOptions
{
    /// <summary>On 127.0.0.1; 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>What is scraped, each with its path.</summary>
    public required IReadOnlyList<Uri> Targets { get; init; }

    /// <summary>The <c>job</c> label of everything scraped.</summary>
    public string Job { get; init; } = "istio-mesh";

    public TimeSpan ScrapeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long samples are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The clock of the embedded one; a real Prometheus has its own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
