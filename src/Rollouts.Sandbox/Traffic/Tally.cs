namespace Rollouts.Sandbox.Traffic;

/// <summary>Counts of some time, which can be added up.</summary>
internal sealed class Tally
{
    public const string UnknownVersion = "unknown";

    private readonly Dictionary<string, VersionTraffic> _versions = [];
    private readonly Dictionary<Failure, long> _failures = [];

    public long Sent { get; private set; }

    public long Ok { get; private set; }

    public long Failed { get; private set; }

    public LatencyHistogram Latency { get; } = new();

    public IReadOnlyDictionary<string, VersionTraffic> Versions => _versions;

    public IReadOnlyDictionary<Failure, long> Failures => _failures;

    public void AddSent() => Sent++;

    public void Add(Exchange exchange)
    {
        if (exchange.Failure is { } failure)
        {
            Failed++;
            _failures[failure] = _failures.GetValueOrDefault(failure) + 1;
        }
        else
        {
            Ok++;
        }
        Latency.Add(exchange.Latency);
        Version(exchange.Version ?? UnknownVersion).Add(exchange);
    }

    public void Add(Tally other)
    {
        Sent += other.Sent;
        Ok += other.Ok;
        Failed += other.Failed;
        Latency.Add(other.Latency);
        foreach (var (failure, count) in other._failures)
            _failures[failure] = _failures.GetValueOrDefault(failure) + count;
        foreach (var (version, traffic) in other._versions)
            Version(version).Add(traffic);
    }

    private VersionTraffic Version(string version)
    {
        if (!_versions.TryGetValue(version, out var traffic))
            _versions.Add(version, traffic = new VersionTraffic());
        return traffic;
    }
}
