using Rollouts.Model.Json;

namespace Rollouts.Model;

/// <summary>The autoscaler of the target, in the Canary's namespace.</summary>
public sealed record ScalerRef(string ApiVersion, string Kind, string Name)
{
    /// <summary>Query of the primary's trigger by the trigger's name; empty: the target's, with its name turned to the primary's.</summary>
    public EquatableMap Queries { get; init; } = EquatableMap.Empty;

    /// <summary>Fewest pods of the primary, where they differ from the target's.</summary>
    public int? MinReplicas { get; init; }

    /// <summary>Most pods of the primary, where they differ from the target's.</summary>
    public int? MaxReplicas { get; init; }

    internal static ScalerRef? Read(JsonCursor json) =>
        json.Text("apiVersion") is { } apiVersion && json.Text("kind") is { } kind && json.Text("name") is { } name
            ? new(apiVersion, kind, name)
            {
                Queries = json.Map("primaryScalerQueries"),
                MinReplicas = json.Object("primaryScalerReplicas").Integer("minReplicas"),
                MaxReplicas = json.Object("primaryScalerReplicas").Integer("maxReplicas"),
            }
            : null;
}
