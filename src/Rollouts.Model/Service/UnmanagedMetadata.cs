using Rollouts.Model.Json;

namespace Rollouts.Model.Service;

/// <summary>Keys of labels and annotations on the generated Services that belong to others and are left alone.</summary>
public sealed record UnmanagedMetadata(EquatableList<string> Labels, EquatableList<string> Annotations)
{
    public static UnmanagedMetadata None { get; } = new([], []);

    internal static UnmanagedMetadata Read(JsonCursor json) => new(json.Texts("labels"), json.Texts("annotations"));
}
