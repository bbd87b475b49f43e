using System.Text.Json.Nodes;

namespace Rollouts.Simulation.Releasing;

/// <summary>A release that is to be simulated.</summary>
/// <param name="Canary">A valid Canary.</param>
/// <param name="Target">What it releases; null: one is made up.</param>
/// <param name="Start">When the new version is pushed.</param>
public sealed record ReleaseRequest(JsonObject Canary, JsonObject? Target, DateTimeOffset Start)
{
    public int RequestsPerSecond { get; init; } = 100;

    /// <summary>Share of the candidate's requests that fail, 0 to 1.</summary>
    public double CandidateErrorRate { get; init; } = Users.UsualErrorRate;

    /// <summary>How many times as long as the primary the candidate takes.</summary>
    public double CandidateLatency { get; init; } = 1;

    /// <summary>Share of the requests that an A/B run matches, 0 to 1.</summary>
    public double MatchShare { get; init; } = 0.1;

    public long Seed { get; init; } = 1;

    /// <summary>Whether a person says yes wherever one is waited for.</summary>
    public bool Approve { get; init; }

    /// <summary>What webhooks answer, by name. The others say yes, and those of type rollback no.</summary>
    public IReadOnlyDictionary<string, bool> Gates { get; init; } = new Dictionary<string, bool>();
}
