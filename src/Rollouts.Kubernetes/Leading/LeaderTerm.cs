namespace Rollouts.Kubernetes.Leading;

/// <summary>One time of leading.</summary>
/// <param name="Number">
/// The Lease's leaseTransitions. Every term has a higher one than all before it (as long as nobody deletes the Lease), so it can fence: who
/// sees a higher number written than its own has been succeeded.
/// </param>
public sealed record LeaderTerm(string Identity, long Number);
