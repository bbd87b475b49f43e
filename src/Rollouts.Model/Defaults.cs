using Rollouts.Model.Analysis;

namespace Rollouts.Model;

/// <summary>Every default of the Canary API. The API server fills in none of them, so that a manifest reads back as it was written.</summary>
public static class Defaults
{
    /// <summary>600 seconds, as with Deployments.</summary>
    public static TimeSpan ProgressDeadline { get; } = TimeSpan.FromSeconds(600);

    /// <summary>Runs kept in <c>status.history</c>.</summary>
    public const int HistoryLimit = 10;

    /// <summary>Time zone of <c>schedule.windows</c>.</summary>
    public const string TimeZone = "UTC";

    /// <summary>Name of the port on the three Services.</summary>
    public const string PortName = "http";

    /// <summary>Time between checks.</summary>
    public static Interval AnalysisInterval { get; } = new(TimeSpan.FromSeconds(60));

    /// <summary>Failed checks that end a run.</summary>
    public const int Threshold = 1;

    /// <summary>Percent of the traffic at which a ramp ends.</summary>
    public static Weight MaxWeight { get; } = Weight.Full;

    /// <summary>Percent of the traffic that is copied, where mirroring is asked for.</summary>
    public static Weight MirrorWeight { get; } = Weight.Full;

    /// <summary>Share of the pods that must be ready.</summary>
    public static Percentage ReadyThreshold { get; } = new(100);

    /// <summary>How long a step may wait.</summary>
    public static TimeSpan MaxHold { get; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a webhook may take to answer.</summary>
    public static TimeSpan HookTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the candidate's cookie lives: a day.</summary>
    public static TimeSpan CookieAge { get; } = TimeSpan.FromSeconds(86400);

    /// <summary>Window of a metric.</summary>
    public static Interval MetricInterval { get; } = new(TimeSpan.FromMinutes(1));

    /// <summary>
    /// Flagger's <c>revertOnDeletion: false</c>, where a migrated manifest says it, asked for leaving everything behind; that nothing is
    /// said asks for our safe default.
    /// </summary>
    public static DeletionPolicy DeletionPolicy(bool? revertOnDeletion) =>
        revertOnDeletion is false ? Model.DeletionPolicy.Orphan : Model.DeletionPolicy.Restore;
}
