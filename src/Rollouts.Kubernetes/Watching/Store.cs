using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Watching;

/// <summary>
/// The cache of one informer. Reads are from any thread. What is read is shared by all readers: it must not be changed
/// (DeepClone it first).
/// </summary>
public sealed class Store
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceKey, JsonObject> _objects = [];
    private readonly StoreIndexes _indexes;
    private readonly ChangeFeed _feed;
    private readonly InformerOptions _options;

    /// <summary>Everything that happened up to this version has been told by the list or the watch.</summary>
    private ulong? _told;

    internal Store(InformerOptions options, ChangeFeed feed)
    {
        _options = options;
        _feed = feed;
        _indexes = new StoreIndexes(options.Indexes);
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _objects.Count;
        }
    }

    public JsonObject? Get(ResourceKey key)
    {
        lock (_gate)
            return _objects.GetValueOrDefault(key);
    }

    public IReadOnlyList<JsonObject> All()
    {
        lock (_gate)
            return [.. _objects.Values];
    }

    /// <summary>The objects for which the index's function gave that value. An index that was not declared is an ArgumentException.</summary>
    public IReadOnlyList<JsonObject> Find(string index, string value)
    {
        lock (_gate)
            return [.. _indexes.Find(index, value).Select(key => _objects[key])];
    }

    /// <summary>
    /// Puts the answer of our own write into the cache, so that the next reconcile does not act on what was before it. Ignored where the watch
    /// has told something as new or newer: a late answer must not bring back an object whose deletion has been seen. With a
    /// label selector a new object is taken only where <see cref="InformerOptions.Matches"/> says that it matches.
    /// </summary>
    public void Observe(JsonObject answer)
    {
        var version = Version.Of(answer);
        if (version is null || (_options.Namespace is { } ns && answer.Namespace != ns))
            return;
        var kept = Trimmed(answer.DeepClone().AsObject());
        lock (_gate)
        {
            var held = _objects.GetValueOrDefault(kept.Key);
            if (version <= _told || version <= (held is null ? null : Version.Of(held)) || (held is null && _options.LabelSelector is not null && _options.Matches?.Invoke(kept) != true))
                return;
            Put(kept);
        }

        _feed.Deliver();
    }

    internal IDisposable Subscribe(Action<ObjectChange> handler)
    {
        IDisposable subscription;
        lock (_gate)
            subscription = _feed.Subscribe(handler, _objects.Values);
        _feed.Deliver();
        return subscription;
    }

    /// <summary>A whole list: what it lacks is gone, except what our own writes made after it was taken.</summary>
    internal void Replace(ResourceList list)
    {
        var listed = list.Items.Select(Trimmed).ToDictionary(obj => obj.Key);
        lock (_gate)
        {
            var version = Version.Of(list.ResourceVersion);
            // A list from before what was already told: the cluster was restored from a backup and its versions start again lower.
            // What we hold is of a past that did not happen, and comparing with it would refuse every event from now on.
            var restored = Version.IsOlder(version, _told);
            _told = version;
            foreach (var held in _objects.Values.Where(held => !listed.ContainsKey(held.Key)).ToList())
            {
                if (restored || !Version.IsOlder(version, Version.Of(held)))
                    Drop(held);
            }

            foreach (var obj in listed.Values)
            {
                var held = _objects.GetValueOrDefault(obj.Key);
                if (held is null || restored || (held.ResourceVersion != obj.ResourceVersion && !IsOlder(obj, held)))
                    Put(obj);
            }
        }

        _feed.Deliver();
    }

    internal void Apply(WatchEvent watchEvent)
    {
        var obj = watchEvent.Object;
        lock (_gate)
        {
            _told = Version.Of(obj) ?? _told;
            var held = _objects.GetValueOrDefault(obj.Key);
            var late = held is not null && IsOlder(obj, held);
            switch (watchEvent.Type)
            {
                case WatchEventType.Added or WatchEventType.Modified when !late && held?.ResourceVersion != obj.ResourceVersion:
                    Put(Trimmed(obj));
                    break;
                // A uid is deleted once, and with a label selector "deleted" may mean that it stopped to match before our own last write.
                case WatchEventType.Deleted when held is not null && (!late || held.Uid == obj.Uid):
                    Drop(held);
                    break;
                case WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted or WatchEventType.Bookmark:
                    break;
            }
        }

        _feed.Deliver();
    }

    private static bool IsOlder(JsonObject obj, JsonObject held) => Version.IsOlder(Version.Of(obj), Version.Of(held));

    private JsonObject Trimmed(JsonObject obj)
    {
        if (_options.Trim is not { } trim)
            return obj;
        trim(obj);
        // What is left still points into the bytes of the whole list or event and would keep them in memory: measured, 20 KB for a
        // trimmed pod. Read again from its own text it keeps nothing but itself.
        return JsonNode.Parse(obj.ToJsonString())?.AsObject() ?? obj;
    }

    private void Put(JsonObject obj)
    {
        var held = _objects.GetValueOrDefault(obj.Key);
        _objects[obj.Key] = obj;
        _indexes.Put(obj.Key, obj);
        _feed.Append(new ObjectChange(held, obj));
    }

    private void Drop(JsonObject held)
    {
        _objects.Remove(held.Key);
        _indexes.Drop(held.Key);
        _feed.Append(new ObjectChange(held, null));
    }
}
