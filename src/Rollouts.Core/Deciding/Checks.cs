using Rollouts.Core.Judging;
using Rollouts.Core.Routing;
using Rollouts.Model.Status;
using Rollouts.Model;

namespace Rollouts.Core.Deciding;

/// <summary>
/// When the checks of a run are due. It depends on the status and the time alone, so the observer asks this too, and goes to Prometheus
/// only when something is due.
/// </summary>
internal static class Checks
{
    /// <summary>How long to wait for answers that are under way before looking again; they come as an event of their own.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>One interval after the route was seen at the step's split, and then one after each check. Null: no check will ever be due.</summary>
    public static DateTimeOffset? DueAt(Turn turn)
    {
        if (turn.Status.Run is not { Step: > 0 } run || !turn.Seen.Route.IsAt(Traffic.Of(run)))
            return null;
        var analysis = turn.Spec.Analysis;
        var held = turn.Status.Phase != Phase.Progressing || run.Paused is not null || turn.Spec.Suspend;
        if (analysis.Metrics.Count == 0 && held)
            return null;
        // A process that led before may remember an equal split from an earlier step.
        var since = run.StepStartedAt > turn.Seen.Route.Since ? run.StepStartedAt.Value : turn.Seen.Route.Since;
        var last = run.Verdicts.Count == 0 ? since : run.Verdicts.Max(verdict => verdict.At);
        return (last > since ? last : since) + analysis.Interval.Length;
    }

    public static bool AreMeasured(Turn turn) => turn.Seen.Measurements.Count == turn.Spec.Analysis.Metrics.Count;

    public static EquatableList<CheckVerdict> Judge(Turn turn) =>
        turn.Spec.Analysis.Metrics.Zip(turn.Seen.Measurements, (metric, measured) => Verdicts.Of(metric, measured, turn.Now)).ToEquatableList();
}
