namespace Rollouts.Sandbox.Prometheus.Storage;

/// <summary>What names a series: pairs in the order of their names, none of them empty; equal by content.</summary>
internal sealed class Labels : IEquatable<Labels>, IComparable<Labels>
{
    public const string MetricName = "__name__";

    public static readonly Labels None = new([]);

    private readonly KeyValuePair<string, string>[] _pairs;
    private readonly int _hash;

    private Labels(KeyValuePair<string, string>[] pairs)
    {
        _pairs = pairs;
        var hash = new HashCode();
        foreach (var (name, value) in pairs)
        {
            hash.Add(name);
            hash.Add(value);
        }
        _hash = hash.ToHashCode();
    }

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>An absent label is the same as an empty one.</summary>
    public string this[string name] => _pairs.FirstOrDefault(pair => pair.Key == name).Value ?? "";

    /// <summary>Of pairs with distinct names, in any order.</summary>
    public static Labels Of(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new([.. pairs.Where(pair => pair.Value.Length > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal)]);

    public Labels Without(IReadOnlyCollection<string> names) => new([.. _pairs.Where(pair => !names.Contains(pair.Key))]);

    public Labels WithoutName() => Without([MetricName]);

    public Labels Only(IReadOnlyCollection<string> names) => new([.. _pairs.Where(pair => names.Contains(pair.Key))]);

    public bool Equals(Labels? other) => other is not null && _hash == other._hash && _pairs.AsSpan().SequenceEqual(other._pairs);

    public override bool Equals(object? obj) => Equals(obj as Labels);

    public override int GetHashCode() => _hash;

    public int CompareTo(Labels? other)
    {
        if (other is null)
            return 1;
        for (var i = 0; i < Math.Min(_pairs.Length, other._pairs.Length); i++)
        {
            var order = string.CompareOrdinal(_pairs[i].Key, other._pairs[i].Key);
            if (order == 0)
                order = string.CompareOrdinal(_pairs[i].Value, other._pairs[i].Value);
            if (order != 0)
                return order;
        }
        return _pairs.Length.CompareTo(other._pairs.Length);
    }

    public override string ToString() => "{" + string.Join(", ", _pairs.Select(pair => $"{pair.Key}=\"{pair.Value}\"")) + "}";
}
