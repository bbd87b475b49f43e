namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>
/// How a change of a Deployment's replicas is shared out among its ReplicaSets while no rollout step may be taken: all to the one
/// that is active, else to each in proportion, so that a rollout in progress stays as far as it is.
/// </summary>
internal static class ProportionalScaling
{
    /// <param name="Annotated">The most pods that the Deployment could have when this ReplicaSet was last sized.</param>
    /// <param name="IsSaturated">Whether it is the new ReplicaSet and has all the replicas that the Deployment wants, available.</param>
    internal sealed record Share(string Name, int Replicas, int Annotated, DateTimeOffset Created, bool IsNew, bool IsSaturated);

    public static IReadOnlyList<Resize> Plan(DeploymentSpec spec, IReadOnlyList<Share> sets)
    {
        List<Share> active = [.. sets.Where(s => s.Replicas > 0)];
        if (active.Count <= 1)
        {
            Share? only = active.FirstOrDefault() ?? sets.FirstOrDefault(s => s.IsNew) ?? sets.MaxBy(s => s.Created);
            return only is null || only.Replicas == spec.Replicas ? [] : [new Resize(only.Name, spec.Replicas)];
        }
        if (sets.Any(s => s is { IsNew: true, IsSaturated: true }))
            return [.. active.Where(s => !s.IsNew).Select(s => new Resize(s.Name, 0))];
        return spec.Recreate ? [] : Proportions(spec, active);
    }

    private static List<Resize> Proportions(DeploymentSpec spec, List<Share> active)
    {
        int toAdd = (spec.Replicas > 0 ? spec.MaxTotal : 0) - active.Sum(s => s.Replicas);
        // The largest takes what rounding leaves over; of equal ones the newer when growing, the older when shrinking.
        List<Share> ordered = toAdd >= 0
            ? [.. active.OrderByDescending(s => s.Replicas).ThenByDescending(s => s.Created)]
            : [.. active.OrderByDescending(s => s.Replicas).ThenBy(s => s.Created)];
        var sizes = new List<Resize>();
        int added = 0;
        foreach (Share share in ordered)
        {
            int part = Part(spec, share, toAdd - added);
            added += part;
            sizes.Add(new Resize(share.Name, share.Replicas + part));
        }
        sizes[0] = sizes[0] with { Replicas = Math.Max(0, sizes[0].Replicas + toAdd - added) };
        return sizes;
    }

    private static int Part(DeploymentSpec spec, Share share, int left)
    {
        if (left == 0)
            return 0;
        int fraction = spec.Replicas == 0 ? -share.Replicas : Fraction(spec, share);
        return left > 0 ? Math.Min(fraction, left) : Math.Max(fraction, left);
    }

    private static int Fraction(DeploymentSpec spec, Share share)
    {
        double scaled = (double)share.Replicas * spec.MaxTotal / Math.Max(1, share.Annotated);
        return (int)Math.Round(scaled, MidpointRounding.AwayFromZero) - share.Replicas;
    }
}
