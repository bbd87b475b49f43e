namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>The life of a pod as a function of its age.</summary>
internal static class PodTimeline
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    // A TimeSpan or a timer could not hold more; nobody waits for it.
    private static readonly TimeSpan Never = TimeSpan.FromDays(30);

    public static PodStage At(PodPlan plan, WorkloadOptions options, TimeSpan age) => plan.Outcome switch
    {
        PodOutcome.Ready when age >= plan.ReadyAfter => new(StageKind.Ready, 0, plan.ReadyAfter, TimeSpan.Zero, null),
        PodOutcome.Ready => new(StageKind.Started, 0, TimeSpan.Zero, TimeSpan.Zero, plan.ReadyAfter < Never ? plan.ReadyAfter : null),
        PodOutcome.NeverReady => new(StageKind.Started, 0, TimeSpan.Zero, TimeSpan.Zero, null),
        // The first crash is answered by a start at once, from the second on there is a wait, as a real kubelet has it.
        PodOutcome.Crash => Cycle(StageKind.Started, StageKind.CrashBackOff, options.CrashAfter, options.BackOff, 1, age),
        PodOutcome.ImagePull => Cycle(StageKind.PullFailed, StageKind.PullBackOff, options.PullFailsAfter, options.BackOff, 0, age),
    };

    /// <param name="free">How many failures are not followed by a wait.</param>
    private static PodStage Cycle(StageKind trying, StageKind waiting, TimeSpan attempt, TimeSpan backOff, int free, TimeSpan age)
    {
        TimeSpan start = TimeSpan.Zero;
        for (int failures = 0; ; failures++)
        {
            TimeSpan fails = start + attempt;
            if (age < fails)
                return new PodStage(trying, failures, start, TimeSpan.Zero, fails);
            TimeSpan wait = failures < free ? TimeSpan.Zero : Doubled(backOff, failures - free);
            start = fails + wait;
            if (age < start)
                return new PodStage(waiting, failures + 1, fails, wait, start);
        }
    }

    // At least a moment, so that a back-off of zero does not make an endless loop of a crash.
    private static TimeSpan Doubled(TimeSpan backOff, int times) => TimeSpan.FromMilliseconds(Math.Clamp(
        backOff.TotalMilliseconds * Math.Pow(2, Math.Min(times, 30)), 1, LongestBackOff.TotalMilliseconds));
}
