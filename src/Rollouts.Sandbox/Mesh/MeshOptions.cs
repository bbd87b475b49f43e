namespace Rollouts.Sandbox.Mesh;

public sealed record MeshOptions
{
    /// <summary>Where requests enter, on 127.0.0.1; 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>Where <c>/metrics</c> is, on 127.0.0.1; 0: any free port.</summary>
    public int MetricsPort { get; init; }

    /// <summary>Of the choices among weighted destinations.</summary>
    public int Seed { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
