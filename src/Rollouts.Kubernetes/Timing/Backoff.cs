namespace Rollouts.Kubernetes.Timing;

/// <summary>Waits that double with every failure, from the first to the longest.</summary>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>2^30 times any useful first wait is beyond any useful longest one; more would overflow.</summary>
    private const int MostDoublings = 30;

    /// <param name="failures">Failures in a row, 1 or more.</param>
    public TimeSpan After(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var factor = Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return First.TotalMilliseconds * factor >= Longest.TotalMilliseconds ? Longest : First * factor;
    }

    /// <summary>The same, shortened at random by up to a half, so that what failed together does not return together.</summary>
    public TimeSpan After(int failures, Jitter jitter)
    {
        var full = After(failures);
        return jitter.Between(full / 2, full);
    }
}
