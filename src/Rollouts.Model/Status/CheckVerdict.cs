using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>A check's verdict, with all that explains it.</summary>
public sealed record CheckVerdict
{
    private readonly double? value;

    /// <summary>The metric's name.</summary>
    public required string Check { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The measured number, percent or milliseconds or the query's own; null: no data, also for NaN and infinities, which JSON lacks.</summary>
    public double? Value
    {
        get => value;
        init => this.value = value is { } number && double.IsFinite(number) ? number : null;
    }

    /// <summary>The bounds in words, for example <c>at least 99%</c>.</summary>
    public string? Threshold { get; init; }

    /// <summary>Requests in the window; null where they are not known.</summary>
    public long? Samples { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public string? Sentence { get; init; }

    internal JsonObject ToJson() => new JsonFields()
        .Add("check", Check)
        .Add("verdict", Words.Upper(Verdict))
        .Add("value", Value)
        .Add("threshold", Threshold)
        .Add("samples", Samples)
        .Add("at", At)
        .Add("sentence", Sentence)
        .ToObject();

    internal static CheckVerdict? Read(JsonCursor json) =>
        json.Text("check") is { } check && json.Word<Verdict>("verdict", Words.Upper) is { } verdict && json.Time("at") is { } at
            ? new CheckVerdict
            {
                Check = check,
                Verdict = verdict,
                Value = json.Number("value"),
                Threshold = json.Text("threshold"),
                Samples = json.Long("samples"),
                At = at,
                Sentence = json.Text("sentence"),
            }
            : null;
}
