using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Watching;

/// <summary>Keys of objects by the values of named functions. Not safe for threads: the store's lock is held.</summary>
internal sealed class StoreIndexes(IReadOnlyDictionary<string, IndexValues> functions)
{
    private readonly Dictionary<(string Index, string Value), HashSet<ResourceKey>> _keys = [];
    private readonly Dictionary<ResourceKey, List<(string Index, string Value)>> _places = [];

    public IReadOnlyCollection<ResourceKey> Find(string index, string value)
    {
        if (!functions.ContainsKey(index))
            throw new ArgumentException($"There is no index '{index}'", nameof(index));
        return _keys.TryGetValue((index, value), out var keys) ? keys : [];
    }

    public void Put(ResourceKey key, JsonObject obj)
    {
        Drop(key);
        if (functions.Count == 0)
            return;
        var places = functions.SelectMany(function => function.Value(obj).Distinct().Select(value => (function.Key, value))).ToList();
        _places[key] = places;
        foreach (var place in places)
        {
            if (!_keys.TryGetValue(place, out var keys))
                _keys[place] = keys = [];
            keys.Add(key);
        }
    }

    public void Drop(ResourceKey key)
    {
        if (!_places.Remove(key, out var places))
            return;
        foreach (var place in places)
        {
            var keys = _keys[place];
            keys.Remove(key);
            if (keys.Count == 0)
                _keys.Remove(place);
        }
    }
}
