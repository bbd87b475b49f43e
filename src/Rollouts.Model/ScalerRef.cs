using Rollouts.Model.Json;

namespace Rollouts.Model;

/// <summary>The autoscaler of the target, in the Canary's namespace.</summary>
public sealed record ScalerRef(string ApiVersion, string Kind, string Name)
{
    internal static ScalerRef? Read(JsonCursor json) =>
        json.Text("apiVersion") is { } apiVersion && json.Text("kind") is { } kind && json.Text("name") is { } name
            ? new(apiVersion, kind, name)
            : null;
}
