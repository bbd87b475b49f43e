using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.Tests.ApiServer;

public sealed class StoreTests
{
    private static readonly ShelfKey Shelf = new("", "configmaps");

    [Fact]
    public void A_write_computed_from_an_older_state_is_refused()
    {
        var store = new Store(100);
        JsonObject first = store.TryPut(Shelf, "ns/a", null, Named("a", "1"))!;
        JsonObject second = store.TryPut(Shelf, "ns/a", first, Named("a", "2"))!;

        store.TryPut(Shelf, "ns/a", first, Named("a", "3")).Should().BeNull();
        store.TryRemove(Shelf, "ns/a", first).Should().BeNull();
        store.Get(Shelf, "ns/a").Should().BeSameAs(second);
    }

    [Fact]
    public void Every_write_has_a_revision_of_its_own_and_a_delete_too()
    {
        var store = new Store(100);
        JsonObject a = store.TryPut(Shelf, "ns/a", null, Named("a", "1"))!;
        JsonObject b = store.TryPut(new ShelfKey("apps", "deployments"), "ns/b", null, Named("b", "1"))!;
        long? removed = store.TryRemove(Shelf, "ns/a", a);

        long[] revisions = [long.Parse(a.ResourceVersion()), long.Parse(b.ResourceVersion()), removed!.Value];
        revisions.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        store.Revision.Should().Be(removed.Value);
    }

    [Fact]
    public void A_watch_from_before_the_history_is_refused_and_one_from_its_edge_is_not()
    {
        var store = new Store(historyLength: 3);
        store.Read(Shelf);
        List<long> revisions = [];
        JsonObject? current = null;
        for (int i = 0; i < 5; i++)
        {
            current = store.TryPut(Shelf, "ns/a", current, Named("a", $"{i}"));
            revisions.Add(store.Revision);
        }

        store.Subscribe(Shelf, revisions[0]).Should().BeNull();
        store.ReadAt(Shelf, revisions[0]).Should().BeNull();
        using Subscription? edge = store.Subscribe(Shelf, revisions[1]);
        edge.Should().NotBeNull();
        Drain(edge!).Select(c => c.Revision).Should().Equal(revisions[2..]);
    }

    [Fact]
    public void A_list_at_a_revision_shows_the_state_of_then()
    {
        var store = new Store(100);
        JsonObject a = store.TryPut(Shelf, "ns/a", null, Named("a", "old"))!;
        JsonObject gone = store.TryPut(Shelf, "ns/b", null, Named("b", "old"))!;
        long then = store.Revision;
        store.TryPut(Shelf, "ns/a", a, Named("a", "new"));
        store.TryRemove(Shelf, "ns/b", gone);
        store.TryPut(Shelf, "ns/c", null, Named("c", "new"));

        Snapshot snapshot = store.ReadAt(Shelf, then)!;
        snapshot.Objects.Select(o => (o.Key, o.Value.TextAt("data"))).Should().Equal(("ns/a", "old"), ("ns/b", "old"));
        store.Read(Shelf).Objects.Keys.Should().Equal("ns/a", "ns/c");
    }

    [Fact]
    public void Objects_are_in_the_byte_order_of_namespace_and_name()
    {
        var store = new Store(100);
        foreach (string key in (string[])["ns/x", "ns-b/x", "ns/a"])
            store.TryPut(Shelf, key, null, Named(key, "1"));

        store.Read(Shelf).Objects.Keys.Should().Equal("ns-b/x", "ns/a", "ns/x");
    }

    [Fact]
    public async Task Watches_see_the_writes_of_many_writers_in_the_order_of_their_revisions()
    {
        const int Writers = 8, Each = 50;
        var store = new Store(Writers * Each + 1);
        using Subscription watch = store.Subscribe(Shelf, null)!;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
                while (store.TryPut(Shelf, "ns/shared", store.Get(Shelf, "ns/shared"), Named("shared", $"{writer}-{i}")) is null)
                {
                }
        })));

        List<Change> seen = Drain(watch);
        seen.Should().HaveCount(Writers * Each);
        seen.Select(c => c.Revision).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        seen.Zip(seen.Skip(1)).Should().OnlyContain(pair => ReferenceEquals(pair.First.After, pair.Second.Before));
    }

    [Fact]
    public void What_a_watch_tells_leads_from_any_earlier_list_to_the_state_of_now() =>
        Gen.Select(Gen.Int[0, 4], Gen.Bool).Array[1, 40].Sample(steps =>
        {
            var store = new Store(100);
            store.Read(Shelf);
            List<Snapshot> lists = [store.Read(Shelf)];
            foreach (var (which, remove) in steps)
            {
                string key = $"ns/{which}";
                JsonObject? current = store.Get(Shelf, key);
                if (!remove)
                    store.TryPut(Shelf, key, current, Named(key, "1"));
                else if (current is not null)
                    store.TryRemove(Shelf, key, current);
                lists.Add(store.Read(Shelf));
            }
            return lists.TrueForAll(list => Matches(store, list));
        });

    private static bool Matches(Store store, Snapshot list)
    {
        using Subscription watch = store.Subscribe(Shelf, list.Revision)!;
        var objects = list.Objects;
        foreach (Change change in Drain(watch))
            objects = change.After is null ? objects.Remove(change.Key) : objects.SetItem(change.Key, change.After);
        return objects.SequenceEqual(store.Read(Shelf).Objects)
            && store.ReadAt(Shelf, list.Revision)!.Objects.SequenceEqual(list.Objects);
    }

    private static List<Change> Drain(Subscription subscription)
    {
        var seen = new List<Change>();
        while (subscription.Changes.TryRead(out Change? change))
            seen.Add(change);
        return seen;
    }

    private static JsonObject Named(string name, string data) =>
        new() { ["metadata"] = new JsonObject { ["name"] = name }, ["data"] = data };
}
