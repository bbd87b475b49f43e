using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Judging;

/// <summary>
/// How far back a check looks: its interval, and never to before its run. The candidate of every run has the target's name, so a fix
/// that is pushed soon after a bad release would else be judged on the requests of that release.
/// </summary>
public static class Lookback
{
    /// <summary>In whole seconds, and at least one.</summary>
    public static Interval Of(MetricSpec metric, RunStatus? run, DateTimeOffset now)
    {
        if (run is null || now - run.StartedAt >= metric.Interval.Length)
            return metric.Interval;
        var seconds = Math.Floor((now - run.StartedAt).TotalSeconds);
        return new Interval(TimeSpan.FromSeconds(Math.Max(1, seconds)));
    }
}
