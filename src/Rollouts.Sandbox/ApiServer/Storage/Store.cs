using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Storage;

/// <summary>
/// The objects of all kinds under one counter of revisions, with the last changes of each kind. Stored objects are never
/// altered: a write puts a new one in the place of the one it was computed from, so readers need no lock.
/// </summary>
/// <param name="historyLength">How many changes of a kind are remembered for watches and for pages of a list.</param>
internal sealed class Store(int historyLength)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ShelfKey, Shelf> shelves = [];
    private readonly List<Action<ShelfKey, Change>> listeners = [];
    private long revision = 1;

    /// <summary>The revision of the newest write of any kind.</summary>
    public long Revision => Volatile.Read(ref revision);

    public JsonObject? Get(ShelfKey shelf, string key) => Read(shelf).Objects.GetValueOrDefault(key);

    public Snapshot Read(ShelfKey shelf)
    {
        lock (gate)
            return new Snapshot(revision, Open(shelf).Objects);
    }

    /// <summary>The objects as they were at a revision; null when history does not reach back so far.</summary>
    public Snapshot? ReadAt(ShelfKey key, long at)
    {
        lock (gate)
        {
            Shelf shelf = Open(key);
            if (at < shelf.Forgotten)
                return null;
            var objects = shelf.Objects;
            foreach (Change change in shelf.History.Reverse().TakeWhile(c => c.Revision > at))
                objects = change.Before is null ? objects.Remove(change.Key) : objects.SetItem(change.Key, change.Before);
            return new Snapshot(at, objects);
        }
    }

    /// <summary>
    /// Puts an object in the place of the one it was computed from (null: there was none) and gives it the next revision.
    /// Answers with what is stored now; null, and nothing done, when another write came in between.
    /// </summary>
    public JsonObject? TryPut(ShelfKey shelfKey, string key, JsonObject? computedFrom, JsonObject next)
    {
        lock (gate)
        {
            Shelf shelf = Open(shelfKey);
            if (!ReferenceEquals(shelf.Objects.GetValueOrDefault(key), computedFrom))
                return null;
            next["metadata"]!["resourceVersion"] = Invariant(revision + 1);
            JsonObject stored = Freeze(next);
            shelf.Objects = shelf.Objects.SetItem(key, stored);
            Record(shelfKey, shelf, new Change(++revision, key, computedFrom, stored));
            return stored;
        }
    }

    /// <summary>Takes an object away. Answers with the revision of the delete; null when another write came in between.</summary>
    public long? TryRemove(ShelfKey shelfKey, string key, JsonObject current)
    {
        lock (gate)
        {
            Shelf shelf = Open(shelfKey);
            if (!ReferenceEquals(shelf.Objects.GetValueOrDefault(key), current))
                return null;
            shelf.Objects = shelf.Objects.Remove(key);
            Record(shelfKey, shelf, new Change(++revision, key, current, null));
            return revision;
        }
    }

    /// <param name="from">The revision after which changes are told; null for now.</param>
    /// <param name="lasting">The subscription goes on when the kind is no longer served, as it may be served again.</param>
    /// <returns>null when history does not reach back so far.</returns>
    public Subscription? Subscribe(ShelfKey key, long? from, bool lasting = false)
    {
        lock (gate)
        {
            Shelf shelf = Open(key);
            if (from < shelf.Forgotten)
                return null;
            var subscription = new Subscription(new Snapshot(revision, shelf.Objects), gone => Leave(shelf, gone)) { Lasting = lasting };
            if (from is not null)
                foreach (Change change in shelf.History.Where(c => c.Revision > from))
                    subscription.Tell(change);
            shelf.Subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Ends the watches of a kind that is no longer served.</summary>
    public void EndSubscriptions(ShelfKey key)
    {
        lock (gate)
            foreach (Subscription subscription in Open(key).Subscriptions.Where(s => !s.Lasting))
                subscription.End();
    }

    /// <summary>Every change of every kind from now on. It is called while the store is locked: it must only take a note.</summary>
    public void Listen(Action<ShelfKey, Change> listener)
    {
        lock (gate)
            listeners.Add(listener);
    }

    private void Leave(Shelf shelf, Subscription subscription)
    {
        lock (gate)
            shelf.Subscriptions.Remove(subscription);
    }

    private void Record(ShelfKey key, Shelf shelf, Change change)
    {
        shelf.History.Enqueue(change);
        if (shelf.History.Count > historyLength)
            shelf.Forgotten = shelf.History.Dequeue().Revision;
        foreach (Subscription subscription in shelf.Subscriptions)
            subscription.Tell(change);
        foreach (var listener in listeners)
            listener(key, change);
    }

    private Shelf Open(ShelfKey key)
    {
        if (!shelves.TryGetValue(key, out Shelf? shelf))
            shelves[key] = shelf = new Shelf { Forgotten = revision };
        return shelf;
    }

    // Written out and read again, all values are of one make whoever wrote them: numbers answer to int and to long alike. A
    // node that was parsed builds its members on first use, which two readers must not do at the same time: hence Touch.
    private static JsonObject Freeze(JsonObject obj)
    {
        JsonNode frozen = JsonNode.Parse(obj.ToJsonString())!;
        Touch(frozen);
        return (JsonObject)frozen;
    }

    private static void Touch(JsonNode? node)
    {
        if (node is JsonObject members)
            foreach (var (_, member) in members)
                Touch(member);
        else if (node is JsonArray items)
            foreach (JsonNode? item in items)
                Touch(item);
    }

    private static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
