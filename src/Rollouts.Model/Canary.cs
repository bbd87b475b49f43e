using System.Text.Json.Nodes;
using Rollouts.Model.Status;

namespace Rollouts.Model;

/// <summary>A Canary whose spec is valid.</summary>
public sealed record Canary(CanaryMetadata Metadata, CanarySpec Spec, CanaryStatus Status)
{
    public string Namespace => Metadata.Key.Namespace;

    public string Name => Metadata.Key.Name;

    /// <summary>
    /// Reads a Canary as the API server has it. Never throws on what a user wrote: whatever is wrong stands in
    /// <see cref="CanaryReading.Errors"/>, so that one poisoned Canary never stops another.
    /// </summary>
    public static CanaryReading Parse(JsonObject json) => CanaryReading.Of(json);
}
