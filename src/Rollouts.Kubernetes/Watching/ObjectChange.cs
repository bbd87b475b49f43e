using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Watching;

/// <summary>What happened to one object of a cache: Old is null where it is new, New is null where it is gone; never both.</summary>
public sealed record ObjectChange(JsonObject? Old, JsonObject? New)
{
    /// <summary>The object as it is, or as it last was.</summary>
    public JsonObject Object => New ?? Old!;

    public ResourceKey Key => Object.Key;
}
