using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Model.Status;

namespace Rollouts.Simulation;

/// <summary>Who looks on.</summary>
public interface IWitness
{
    /// <summary>Before it is committed.</summary>
    void Decided(Observation seen, Decision decision);

    /// <summary>Before an object is written.</summary>
    /// <param name="wanted">Null: it is removed.</param>
    void Writes(Observation seen, CanaryStatus status, ObjectId id, JsonObject? wanted);
}
