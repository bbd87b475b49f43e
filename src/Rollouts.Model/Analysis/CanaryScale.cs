using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>How many pods the candidate has to have: a number, or a share of the primary's.</summary>
/// <param name="Replicas">Pods; null where it is a share.</param>
/// <param name="Percent">Percent of the primary's replicas, rounded up and at least one pod; null where it is a number.</param>
public sealed record CanaryScale(int? Replicas, Percentage? Percent)
{
    /// <summary>The number of pods beside a primary of so many; never zero, since a candidate under test has to answer.</summary>
    public int Of(int primary) => Math.Max(1, Replicas ?? (int)(((long)primary * (Percent?.Percent ?? 100) + 99) / 100));

    public override string ToString() => Replicas is { } number ? $"{number}" : $"{Percent}";

    internal JsonObject ToJson() => new JsonFields().Add("replicas", Replicas).Add("percent", Percent?.Percent).ToObject();

    internal static CanaryScale? Read(JsonCursor json) =>
        json.Exists ? new CanaryScale(json.Integer("replicas"), json.Percentage("percent")) : null;
}
