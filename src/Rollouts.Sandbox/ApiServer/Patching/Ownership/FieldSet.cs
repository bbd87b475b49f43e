using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>
/// A set of field paths as a tree, in the form that managedFields store (FieldsV1): a place is in the set where it is
/// <see cref="Owned"/>, whatever is below it.
/// </summary>
/// <param name="Children">By path element: <c>f:name</c>, <c>k:{"name":"app"}</c>, <c>v:"word"</c>.</param>
internal sealed record FieldSet(bool Owned, ImmutableSortedDictionary<string, FieldSet> Children)
{
    private const string Self = ".";

    public static FieldSet Empty { get; } = new(false, ImmutableSortedDictionary.Create<string, FieldSet>(StringComparer.Ordinal));

    public static FieldSet Leaf { get; } = Empty with { Owned = true };

    public bool IsEmpty => !Owned && Children.IsEmpty;

    public static FieldSet Of(IEnumerable<KeyValuePair<string, FieldSet>> children, bool owned = false) =>
        new(owned, Empty.Children.AddRange(children.Where(c => !c.Value.IsEmpty)));

    public FieldSet Child(string element) => Children.GetValueOrDefault(element, Empty);

    public FieldSet Union(FieldSet other) => Combine(other, (a, b) => a || b);

    /// <summary>Without the places of the other set; what is below them stays, where the other does not name it too.</summary>
    public FieldSet Without(FieldSet other) => Combine(other, (a, b) => a && !b);

    public FieldSet Intersect(FieldSet other) => Combine(other, (a, b) => a && b);

    /// <summary>Without the named places and all that is below them.</summary>
    public FieldSet WithoutBelow(FieldSet other) => other.Owned
        ? Empty
        : Of(Children.Select(c => KeyValuePair.Create(c.Key, c.Value.WithoutBelow(other.Child(c.Key)))), Owned);

    /// <summary>Every place in the set, a parent before what is below it.</summary>
    public IEnumerable<ImmutableList<string>> Paths() => Paths([]);

    public static FieldSet FromJson(JsonObject fields) => Parse(fields) with { Owned = false };

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Owned && !Children.IsEmpty)
            json[Self] = new JsonObject();
        foreach (var (element, child) in Children)
            json[element] = child.ToJson();
        return json;
    }

    private FieldSet Combine(FieldSet other, Func<bool, bool, bool> owned)
    {
        // What only the other set has counts where it can be in the result at all.
        var elements = owned(false, true) ? Children.Keys.Union(other.Children.Keys) : Children.Keys;
        return Of(elements.Select(e => KeyValuePair.Create(e, Child(e).Combine(other.Child(e), owned))), owned(Owned, other.Owned));
    }

    private static FieldSet Parse(JsonObject fields) => Of(
        fields.Where(f => f.Key != Self).Select(f => KeyValuePair.Create(f.Key, Parse(f.Value as JsonObject ?? []))),
        owned: fields.Count == 0 || fields.ContainsKey(Self));

    private IEnumerable<ImmutableList<string>> Paths(ImmutableList<string> above)
    {
        if (Owned)
            yield return above;
        foreach (var path in Children.SelectMany(c => c.Value.Paths(above.Add(c.Key))))
            yield return path;
    }
}
