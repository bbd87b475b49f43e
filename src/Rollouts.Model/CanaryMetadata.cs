using Rollouts.Model.Json;

namespace Rollouts.Model;

/// <summary>The part of a Canary's metadata that decisions rest on.</summary>
public sealed record CanaryMetadata
{
    /// <summary>The group it was read from: <c>rollouts.dev</c>, or <c>flagger.app</c> under <c>--api-group</c>.</summary>
    public required string ApiGroup { get; init; }

    public required CanaryKey Key { get; init; }

    public string Uid { get; init; } = "";

    public string ResourceVersion { get; init; } = "";

    public long Generation { get; init; }

    public EquatableMap Annotations { get; init; } = EquatableMap.Empty;

    public EquatableList<string> Finalizers { get; init; } = [];

    /// <summary>Set when the Canary is being deleted.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    internal static CanaryMetadata Read(JsonCursor canary)
    {
        var metadata = canary.Object("metadata");
        return new CanaryMetadata
        {
            ApiGroup = (canary.Text("apiVersion") ?? "").Split('/')[0],
            Key = new CanaryKey(metadata.Text("namespace") ?? "", metadata.Text("name") ?? ""),
            Uid = metadata.Text("uid") ?? "",
            ResourceVersion = metadata.Text("resourceVersion") ?? "",
            Generation = metadata.Long("generation") ?? 0,
            Annotations = metadata.Map("annotations"),
            Finalizers = metadata.Texts("finalizers"),
            DeletionTimestamp = metadata.Time("deletionTimestamp"),
        };
    }
}
