namespace Rollouts.Sandbox;

/// <summary>Which Prometheus measures the sandbox.</summary>
public enum PrometheusKind
{
    /// <summary>The small one within the process.</summary>
    Embedded,

    /// <summary>An installed <c>prometheus</c>, started beside it.</summary>
    Real,
}
