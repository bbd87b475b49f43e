namespace Rollouts.Sandbox.Traffic;

public sealed record LoadOptions
{
    /// <summary>Where to send: scheme, host, port and path.</summary>
    public required Uri Target { get; init; }

    /// <summary>The Host header, by which the mesh knows the service; null: the target's own.</summary>
    public string? Host { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Requests per second, 0 or more; 0: none until the rate is set.</summary>
    public double Rate { get; init; } = 50;

    public Arrival Arrival { get; init; } = Arrival.Constant;

    /// <summary>Of Poisson arrivals.</summary>
    public int Seed { get; init; }

    /// <summary>For the whole answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests on their way at once; what is due beyond them counts as failed.</summary>
    public int MaxInFlight { get; init; } = 1000;

    /// <summary>The answer's header that tells the version; without it the field <c>version</c> of a JSON body does.</summary>
    public string VersionHeader { get; init; } = "x-app-version";

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
