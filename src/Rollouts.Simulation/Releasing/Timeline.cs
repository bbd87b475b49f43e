using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Model.Status;

namespace Rollouts.Simulation.Releasing;

/// <summary>Writes down what was decided from the push on, and lets users come while a run is under way.</summary>
internal sealed class Timeline(DateTimeOffset start, Users users) : IWitness
{
    private readonly List<(TimeSpan After, CanaryStatus Status)> moments = [];
    private bool hasBegun;

    public IReadOnlyList<(TimeSpan After, CanaryStatus Status)> Moments => moments;

    public void Begin() => hasBegun = true;

    public void Decided(Observation seen, Decision decision)
    {
        if (!hasBegun)
            return;
        users.Flow = decision.Status.Phase is not (Phase.Initializing or Phase.Initialized or Phase.Waiting);
        if (decision.Status != seen.Status)
            moments.Add((seen.Now - start, decision.Status));
    }

    public void Writes(Observation seen, CanaryStatus status, ObjectId id, JsonObject? wanted)
    {
    }
}
