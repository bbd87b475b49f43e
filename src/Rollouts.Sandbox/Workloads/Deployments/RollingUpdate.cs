namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>
/// The next step of a rolling update, as a function of what there is: first grow the new ReplicaSet into the room that surge allows,
/// then shrink the old ones, those of their pods first that serve nobody, as far as enough pods stay available.
/// Upstream counts by ReplicaSet status, which may lag; this counts pods, so that the bounds hold at every moment.
/// </summary>
internal static class RollingUpdate
{
    /// <param name="old">The old ReplicaSets, the oldest first.</param>
    /// <returns>Nothing where the update is done or waits for pods.</returns>
    public static IReadOnlyList<Resize> Next(DeploymentSpec spec, SetSize current, IReadOnlyList<SetSize> old)
    {
        int wanted = NewSize(spec, current.Wanted, old.Sum(s => s.AtMost) + current.AtMost);
        return wanted == current.Wanted ? Shrink(spec, current, old) : [new Resize(current.Name, wanted)];
    }

    /// <summary>How many replicas the new ReplicaSet may have now.</summary>
    /// <param name="present">Its replicas now, 0 before it is made.</param>
    /// <param name="all">The pods of all ReplicaSets together.</param>
    public static int NewSize(DeploymentSpec spec, int present, int all)
    {
        if (spec.Recreate || present >= spec.Replicas)
            return spec.Replicas;
        int room = Math.Max(0, spec.MaxTotal - all);
        return Math.Min(spec.Replicas, present + room);
    }

    private static IReadOnlyList<Resize> Shrink(DeploymentSpec spec, SetSize current, IReadOnlyList<SetSize> old)
    {
        // What the new ReplicaSet still owes counts as unavailable already, so that its pods cannot fail on top of those removed.
        int owed = current.Wanted - current.AvailableAtLeast;
        int removable = old.Sum(s => s.Wanted) + current.Wanted - spec.MinAvailable - owed;
        if (removable <= 0)
            return [];
        Dictionary<string, int> sizes = old.ToDictionary(s => s.Name, s => s.Wanted);
        foreach (SetSize set in old)
        {
            int idle = Math.Min(removable, set.Wanted - set.AvailableAtLeast);
            sizes[set.Name] -= idle;
            removable -= idle;
        }
        int spare = old.Sum(s => s.AvailableAtLeast) + current.AvailableAtLeast - spec.MinAvailable;
        foreach (SetSize set in old)
        {
            int taken = Math.Clamp(spare, 0, sizes[set.Name]);
            sizes[set.Name] -= taken;
            spare -= taken;
        }
        return [.. old.Where(s => sizes[s.Name] != s.Wanted).Select(s => new Resize(s.Name, sizes[s.Name]))];
    }
}
