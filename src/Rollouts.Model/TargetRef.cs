using Rollouts.Model.Json;

namespace Rollouts.Model;

/// <summary>The user's workload, in the Canary's namespace.</summary>
public sealed record TargetRef(string ApiVersion, TargetKind Kind, string Name)
{
    internal static TargetRef? Read(JsonCursor json) =>
        json.Text("apiVersion") is { } apiVersion && json.Word<TargetKind>("kind", Words.Pascal) is { } kind && json.Text("name") is { } name
            ? new(apiVersion, kind, name)
            : null;
}
