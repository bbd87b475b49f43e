namespace Rollouts.Sandbox.Traffic;

/// <summary>What one version answered.</summary>
public sealed class VersionTraffic
{
    public long Ok { get; private set; }

    public long Failed { get; private set; }

    public LatencyHistogram Latency { get; } = new();

    internal void Add(Exchange exchange)
    {
        if (exchange.Failure is null)
            Ok++;
        else
            Failed++;
        Latency.Add(exchange.Latency);
    }

    internal void Add(VersionTraffic other)
    {
        Ok += other.Ok;
        Failed += other.Failed;
        Latency.Add(other.Latency);
    }
}
