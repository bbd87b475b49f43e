namespace Rollouts.Sandbox.Mesh.Forwarding;

/// <summary>The chance in weighted choices; the same seed and order of requests give the same choices.</summary>
internal sealed class Dice(int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public int Below(int limit)
    {
        lock (_lock)
            return _random.Next(limit);
    }

    /// <param name="percent">0: never; 100: always.</param>
    public bool Hits(double percent)
    {
        lock (_lock)
            return _random.NextDouble() * 100 < percent;
    }
}
