using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Rollouts.Model;

/// <summary>An immutable map of text to text, in ordinal order of its keys, that compares by its entries.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a map, as EquatableList is a list.")]
public sealed class EquatableMap : IReadOnlyDictionary<string, string>, IEquatable<EquatableMap>
{
    private readonly SortedDictionary<string, string> entries;

    public EquatableMap(IEnumerable<KeyValuePair<string, string>> entries)
    {
        this.entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
            this.entries[key] = value;
    }

    /// <summary>The map without entries.</summary>
    public static EquatableMap Empty { get; } = new([]);

    public int Count => entries.Count;

    public IEnumerable<string> Keys => entries.Keys;

    public IEnumerable<string> Values => entries.Values;

    public string this[string key] => entries[key];

    /// <summary>This map with <paramref name="value"/> under <paramref name="key"/>, in place of what stood there.</summary>
    public EquatableMap With(string key, string value) => new(entries.Append(new(key, value)));

    public bool ContainsKey(string key) => entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => entries.TryGetValue(key, out value);

    public bool Equals(EquatableMap? other) => other is not null && entries.SequenceEqual(other.entries);

    public override bool Equals(object? obj) => Equals(obj as EquatableMap);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in entries)
        {
            hash.Add(key);
            hash.Add(value);
        }
        return hash.ToHashCode();
    }

    public override string ToString() => $"{{{string.Join(", ", entries.Select(entry => $"{entry.Key}: {entry.Value}"))}}}";

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
