namespace Rollouts.Sandbox.Workloads.Running;

/// <summary>
/// Brings one object's surroundings to what the object says. It is told only whose state to look at, never what happened: it reads
/// everything again, so events may be merged and repeated. All controllers run on one loop, so no two reconcile at the same time.
/// </summary>
internal interface IController
{
    /// <summary>The kinds whose changes matter, each with the keys that a changed object concerns.</summary>
    IReadOnlyList<Interest> Interests { get; }

    /// <returns>After how long to look again though nothing happened; null where only an event can bring something new.</returns>
    Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation);
}
