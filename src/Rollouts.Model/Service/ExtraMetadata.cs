using Rollouts.Model.Json;

namespace Rollouts.Model.Service;

/// <summary>Labels and annotations that a user wants on a generated object.</summary>
public sealed record ExtraMetadata(EquatableMap Labels, EquatableMap Annotations)
{
    public static ExtraMetadata None { get; } = new(EquatableMap.Empty, EquatableMap.Empty);

    internal static ExtraMetadata Read(JsonCursor json) => new(json.Map("labels"), json.Map("annotations"));
}
