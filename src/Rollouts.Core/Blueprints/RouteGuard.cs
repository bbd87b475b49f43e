using Rollouts.Model;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// The third law: no route is written that sends traffic to a destination without ready endpoints, nor any of it to a template that is
/// not the one under test. Where it says no the route stays as it is, and the event that mends the cause brings it back here.
/// </summary>
internal static class RouteGuard
{
    public static bool Allows(Plan plan)
    {
        var (split, mirrored) = plan.Traffic;
        if (!plan.PrimaryServes)
            return false;
        // In an A/B run all requests that do not match go to the primary, whatever the split says of the others.
        var sharesWithPrimary = split.Primary > Weight.Zero || plan.Canary.Spec.Analysis.Match.Count > 0;
        if (sharesWithPrimary && plan.Seen.Primary is not { ReadyEndpoints: > 0 })
            return false;
        return (split.Candidate == Weight.Zero && mirrored == Weight.Zero)
            || (plan.Seen.Target is { Workload: { ReadyEndpoints: > 0 } candidate } && candidate.Revision == plan.Status.Run?.Revision);
    }
}
