namespace Rollouts.Kubernetes.Leading;

/// <summary>Which lease is held, under which name, and for how long. The defaults are client-go's.</summary>
/// <param name="Namespace">Of the Lease object.</param>
/// <param name="Name">Of the Lease object.</param>
/// <param name="Identity">Unique for each process (pod name and something random), since a lease in our own name is waited out like any other.</param>
public sealed record LeaderOptions(string Namespace, string Name, string Identity)
{
    /// <summary>How long others wait after the last renewal they saw. Whole seconds, longer than <see cref="RenewDeadline"/>.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after the last renewal we still lead. Longer than <see cref="RetryPeriod"/>.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two renewals and between two attempts to acquire.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Of the jitter between attempts; null takes one that differs between processes.</summary>
    public int? Seed { get; init; }

    /// <summary>What one attempt may take, so that a request that hangs leaves time for another before the deadline.</summary>
    internal TimeSpan AttemptLimit => RenewDeadline / 3;

    internal LeaderOptions Checked()
    {
        if (LeaseDuration <= RenewDeadline || RenewDeadline <= RetryPeriod || RetryPeriod <= TimeSpan.Zero)
            throw new ArgumentException($"A lease needs LeaseDuration ({LeaseDuration}) > RenewDeadline ({RenewDeadline}) > RetryPeriod ({RetryPeriod}) > 0");
        if (LeaseDuration.Ticks % TimeSpan.TicksPerSecond != 0)
            throw new ArgumentException($"LeaseDuration ({LeaseDuration}) is stored in whole seconds");
        ArgumentException.ThrowIfNullOrWhiteSpace(Identity);
        return this;
    }
}
