using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Judging;

/// <summary>
/// How far back a check looks: its interval, and never to before its run. The candidate of every run has the target's name, so a fix
/// that is pushed soon after a bad release would else be judged on the requests of that release. An analysis step looks back over all
/// of its own time, which is what has to be good.
/// </summary>
public static class Lookback
{
    /// <summary>In whole seconds, and at least one.</summary>
    public static Interval Of(MetricSpec metric, Canary canary, DateTimeOffset now)
    {
        if (canary.Status.Run is not { } run)
            return metric.Interval;
        if (Place.Of(StepProgram.Of(canary.Spec.Analysis), run).Here is { End: StepEnd.Proven } && run.StepStartedAt is { } step)
            return Whole(now - step);
        return now - run.StartedAt >= metric.Interval.Length ? metric.Interval : Whole(now - run.StartedAt);
    }

    private static Interval Whole(TimeSpan time) => new(TimeSpan.FromSeconds(Math.Max(1, Math.Floor(time.TotalSeconds))));
}
