using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>One check: a metric and the bounds it must keep.</summary>
public sealed record MetricSpec
{
    /// <summary>Built in: percent of the requests that are not answered with a 5xx.</summary>
    public const string RequestSuccessRate = "request-success-rate";

    /// <summary>Built in: the 99th percentile of the answer time in milliseconds.</summary>
    public const string RequestDuration = "request-duration";

    public required string Name { get; init; }

    /// <summary>The window that is measured.</summary>
    public Interval Interval { get; init; } = Defaults.MetricInterval;

    /// <summary>The bounds, whether written as <c>thresholdRange</c> or as Flagger's old <c>threshold</c>.</summary>
    public required ThresholdRange Range { get; init; }

    /// <summary>The MetricTemplate, as written.</summary>
    public RawJson? TemplateRef { get; init; }

    /// <summary>PromQL of the user's own.</summary>
    public string? Query { get; init; }

    public Judge Judge { get; init; } = Judge.Exact;

    public NoData NoData { get; init; } = NoData.Hold;

    /// <summary>Requests in the window below which the verdict is NONE.</summary>
    public int MinSamples { get; init; }

    public CheckMode Mode { get; init; } = CheckMode.Enforce;

    internal static MetricSpec? Read(JsonCursor json) =>
        json.Text("name") is { } name
            ? new MetricSpec
            {
                Name = name,
                Interval = json.Interval("interval") ?? Defaults.MetricInterval,
                Range = ThresholdRange.Read(json, name),
                TemplateRef = json.Raw("templateRef"),
                Query = json.Text("query"),
                Judge = json.Word<Judge>("judge", Words.Camel) ?? Judge.Exact,
                NoData = json.Word<NoData>("noData", Words.Camel) ?? NoData.Hold,
                MinSamples = json.Integer("minSamples") ?? 0,
                Mode = json.Word<CheckMode>("mode", Words.Camel) ?? CheckMode.Enforce,
            }
            : null;
}
