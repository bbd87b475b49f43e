namespace Rollouts.Kubernetes.Timing;

/// <summary>Seeded randomness that several threads may ask: spreads requests of many watches and retries over time.</summary>
public sealed class Jitter(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    /// <summary>A seed that differs between processes and moments, where no test needs a fixed one.</summary>
    public static int SeedOf(TimeProvider time) => HashCode.Combine(Environment.ProcessId, time.GetTimestamp());

    /// <summary>Evenly spread between the two.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most)
    {
        lock (_gate)
            return least + ((most - least) * _random.NextDouble());
    }
}
