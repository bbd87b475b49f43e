using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>A condition as Kubernetes and kstatus know it.</summary>
public sealed record Condition
{
    /// <summary>Flagger's: whether the last revision was promoted.</summary>
    public const string Promoted = "Promoted";

    /// <summary>kstatus: everything is as the spec asks.</summary>
    public const string Ready = "Ready";

    /// <summary>kstatus: work is under way.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>kstatus: nothing will go on until a person mends something.</summary>
    public const string Stalled = "Stalled";

    public required string Type { get; init; }

    public required ConditionStatus Status { get; init; }

    /// <summary>One word in CamelCase.</summary>
    public required string Reason { get; init; }

    public string Message { get; init; } = "";

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public required DateTimeOffset LastTransitionTime { get; init; }

    public long ObservedGeneration { get; init; }

    internal JsonObject ToJson() => new JsonFields()
        .Add("type", Type)
        .Add("status", Words.Pascal(Status))
        .Add("reason", Reason)
        .Add("message", Message)
        .Add("lastTransitionTime", LastTransitionTime)
        .Add("observedGeneration", ObservedGeneration)
        .ToObject();

    internal static Condition? Read(JsonCursor json) =>
        json.Text("type") is { } type && json.Word<ConditionStatus>("status", Words.Pascal) is { } status
        && json.Time("lastTransitionTime") is { } lastTransitionTime
            ? new Condition
            {
                Type = type,
                Status = status,
                Reason = json.Text("reason") ?? "",
                Message = json.Text("message") ?? "",
                LastTransitionTime = lastTransitionTime,
                ObservedGeneration = json.Long("observedGeneration") ?? 0,
            }
            : null;
}
