using Rollouts.Model.Analysis;
using Rollouts.Model.Json;
using Rollouts.Model.Service;

namespace Rollouts.Model;

/// <summary>What a user asks for, read, checked and with every default in its place.</summary>
public sealed record CanarySpec
{
    /// <summary>The mesh or ingress that routes; null: the controller's <c>--mesh-provider</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>URL of the Prometheus that is asked; null: the controller's <c>--metrics-server</c>.</summary>
    public string? MetricsServer { get; init; }

    public required TargetRef Target { get; init; }

    public ScalerRef? Autoscaler { get; init; }

    public required ServiceSpec Service { get; init; }

    public required AnalysisSpec Analysis { get; init; }

    /// <summary>How long a workload may take to become ready.</summary>
    public TimeSpan ProgressDeadline { get; init; } = Defaults.ProgressDeadline;

    /// <summary>Promote as soon as the candidate is ready, without checks.</summary>
    public bool SkipAnalysis { get; init; }

    /// <summary>Leave everything as it is until this is taken away.</summary>
    public bool Suspend { get; init; }

    /// <summary>When runs may start and move forward; null: always.</summary>
    public ScheduleSpec? Schedule { get; init; }

    public DeletionPolicy DeletionPolicy { get; init; } = DeletionPolicy.Restore;

    /// <summary>How many runs <c>status.history</c> keeps.</summary>
    public int HistoryLimit { get; init; } = Defaults.HistoryLimit;

    /// <summary>Null when something that must be there is missing; the schema's check names it.</summary>
    internal static CanarySpec? Read(JsonCursor json) =>
        TargetRef.Read(json.Object("targetRef")) is { } target
        && ServiceSpec.Read(json.Object("service"), target.Name) is { } service
        && json.Object("analysis") is { Exists: true } analysis
            ? new CanarySpec
            {
                Provider = json.Text("provider"),
                MetricsServer = json.Text("metricsServer"),
                Target = target,
                Autoscaler = ScalerRef.Read(json.Object("autoscalerRef")),
                Service = service,
                Analysis = AnalysisSpec.Read(analysis),
                ProgressDeadline = json.Integer("progressDeadlineSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : Defaults.ProgressDeadline,
                SkipAnalysis = json.Flag("skipAnalysis") ?? false,
                Suspend = json.Flag("suspend") ?? false,
                Schedule = ScheduleSpec.Read(json.Object("schedule")),
                DeletionPolicy = json.Word<DeletionPolicy>("deletionPolicy", Words.Camel) ?? Defaults.DeletionPolicy(json.Flag("revertOnDeletion")),
                HistoryLimit = json.Integer("historyLimit") ?? Defaults.HistoryLimit,
            }
            : null;
}
