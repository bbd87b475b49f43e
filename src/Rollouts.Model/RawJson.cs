using System.Text.Json.Nodes;

namespace Rollouts.Model;

/// <summary>
/// A part of a manifest whose shape belongs to others (a mesh's retry or CORS policy, say). It is kept as it came, so that fields which
/// we do not know survive; it cannot be changed and compares by value.
/// </summary>
public sealed class RawJson : IEquatable<RawJson>
{
    private readonly JsonNode node;

    public RawJson(JsonNode node) => this.node = node.DeepClone();

    /// <summary>A copy that the caller may put into an object of its own.</summary>
    public JsonNode ToNode() => node.DeepClone();

    public bool Equals(RawJson? other) => other is not null && JsonNode.DeepEquals(node, other.node);

    public override bool Equals(object? obj) => Equals(obj as RawJson);

    // The kind alone: numbers may be equal and yet be written differently (1 and 1.0), and property order does not count.
    public override int GetHashCode() => node.GetValueKind().GetHashCode();

    public override string ToString() => node.ToJsonString();
}
