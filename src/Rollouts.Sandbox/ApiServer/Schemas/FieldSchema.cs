using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>
/// What the API server knows of a field: its type, what is below it and how patches merge it. A built-in kind has one by
/// <see cref="BuiltInSchemas"/>, a custom one by <see cref="CustomSchemas"/>.
/// </summary>
public sealed class FieldSchema
{
    private readonly Lazy<IReadOnlyDictionary<string, FieldSchema>> members;

    private FieldSchema(FieldType type, Func<IReadOnlyDictionary<string, FieldSchema>> members)
    {
        Type = type;
        this.members = new(members);
    }

    /// <summary>What stands below a field that keeps unknown fields: maps merge by member, lists are atomic.</summary>
    public static FieldSchema Untyped { get; } = new(FieldType.Any, NoMembers);

    public FieldType Type { get; }

    /// <summary>The fields of an <see cref="FieldType.Object"/> by their JSON names.</summary>
    public IReadOnlyDictionary<string, FieldSchema> Members => members.Value;

    /// <summary>The values of a map, the items of a list.</summary>
    public FieldSchema? Element { get; init; }

    /// <summary>Server-side apply takes the object or map as one value.</summary>
    public bool Atomic { get; init; }

    public ListKind List { get; init; }

    /// <summary>The members that tell the items of a <see cref="ListKind.Map"/> apart for server-side apply, in order.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What a key counts as where an item leaves it out (a port's protocol is TCP).</summary>
    public IReadOnlyDictionary<string, JsonNode> KeyDefaults { get; init; } = FrozenDictionary<string, JsonNode>.Empty;

    /// <summary>The one member that tells items apart for a strategic merge patch; null where that replaces the list.</summary>
    public string? MergeKey { get; init; }

    /// <summary>A list of words to which a strategic merge patch adds.</summary>
    public bool MergesWords { get; init; }

    /// <summary>Members that no schema knows are kept, not unknown.</summary>
    public bool KeepsUnknown { get; init; }

    /// <summary>The type's name in kube-apiserver's source, as its decoder complains of it: <c>int32</c>, <c>v1.Container</c>.</summary>
    public string GoType { get; init; } = "";

    public static FieldSchema Leaf(FieldType type, string goType = "") => new(type, NoMembers) { GoType = goType };

    /// <param name="members">Asked for once, at first use, as schemas may contain themselves.</param>
    public static FieldSchema Object(
        Func<IReadOnlyDictionary<string, FieldSchema>> members, bool atomic = false, bool keepsUnknown = false, string goType = "") =>
        new(FieldType.Object, members) { Atomic = atomic, KeepsUnknown = keepsUnknown, GoType = goType };

    public static FieldSchema Map(FieldSchema values, bool atomic = false) =>
        new(FieldType.Map, NoMembers) { Element = values, Atomic = atomic, GoType = $"map[string]{values.GoType}" };

    public static FieldSchema ListOf(FieldSchema items, ListRule rule) => new(FieldType.List, NoMembers)
    {
        Element = items,
        List = rule.Kind,
        Keys = rule.Keys,
        KeyDefaults = rule.KeyDefaults,
        MergeKey = rule.MergeKey,
        MergesWords = rule.MergesWords,
        GoType = $"[]{items.GoType}",
    };

    /// <returns>The schema of a member of an object or map; null where it is unknown.</returns>
    public FieldSchema? Member(string name) => Type switch
    {
        FieldType.Map => Element,
        FieldType.Any => Untyped,
        _ => Members.GetValueOrDefault(name) ?? (KeepsUnknown ? Untyped : null),
    };

    private static FrozenDictionary<string, FieldSchema> NoMembers() => FrozenDictionary<string, FieldSchema>.Empty;
}
