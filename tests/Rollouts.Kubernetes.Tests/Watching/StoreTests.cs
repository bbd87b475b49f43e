using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Watching;
using static Rollouts.Kubernetes.Tests.Doubles.Objects;

namespace Rollouts.Kubernetes.Tests.Watching;

public class StoreTests
{
    private static readonly ResourceKey A = new("shop", "a");

    private readonly Store _store = Of(new InformerOptions());
    private readonly List<string> _changes = [];

    public StoreTests() => _store.Subscribe(change => _changes.Add(
        $"{change.Key.Name} {change.Old?.ResourceVersion ?? "-"}>{change.New?.ResourceVersion ?? "-"}"));

    [Fact]
    public void A_list_is_told_as_what_came_changed_and_went()
    {
        _store.Replace(new ResourceList([ConfigMap("a", 1), ConfigMap("b", 2), ConfigMap("c", 3)], "5"));
        _store.Replace(new ResourceList([ConfigMap("a", 1), ConfigMap("b", 7), ConfigMap("d", 8)], "9"));

        _changes.Should().Equal("a ->1", "b ->2", "c ->3", "c 3>-", "b 2>7", "d ->8");
        _store.All().Select(obj => obj.Name).Should().BeEquivalentTo("a", "b", "d");
    }

    [Fact]
    public void Events_change_the_store_and_repeated_ones_are_not_told()
    {
        _store.Replace(new ResourceList([], "5"));
        Apply(WatchEventType.Added, ConfigMap("a", 6));
        Apply(WatchEventType.Added, ConfigMap("a", 6));
        Apply(WatchEventType.Modified, ConfigMap("a", 7));
        Apply(WatchEventType.Deleted, ConfigMap("a", 8));
        Apply(WatchEventType.Deleted, ConfigMap("a", 8));

        _changes.Should().Equal("a ->6", "a 6>7", "a 7>-");
        _store.Count.Should().Be(0);
    }

    [Fact]
    public void Our_own_write_is_seen_at_once_and_told_once()
    {
        _store.Replace(new ResourceList([ConfigMap("a", 3)], "5"));
        _store.Observe(ConfigMap("a", 8));
        _store.Get(A)!.ResourceVersion.Should().Be("8");

        Apply(WatchEventType.Modified, ConfigMap("a", 7));
        Apply(WatchEventType.Modified, ConfigMap("a", 8));

        _store.Get(A)!.ResourceVersion.Should().Be("8", "the event before our write is older than what we know");
        _changes.Should().Equal("a ->3", "a 3>8");
    }

    [Fact]
    public void A_late_answer_does_not_bring_back_what_was_deleted_or_overwritten()
    {
        _store.Replace(new ResourceList([ConfigMap("a", 3), ConfigMap("b", 4)], "5"));
        Apply(WatchEventType.Modified, ConfigMap("b", 7));
        Apply(WatchEventType.Deleted, ConfigMap("a", 8));

        _store.Observe(ConfigMap("a", 6));
        _store.Observe(ConfigMap("b", 6));

        _store.Get(A).Should().BeNull();
        _store.Get(new ResourceKey("shop", "b"))!.ResourceVersion.Should().Be("7");
    }

    [Fact]
    public void A_list_taken_before_our_own_write_does_not_undo_it()
    {
        _store.Replace(new ResourceList([ConfigMap("b", 2)], "5"));
        _store.Observe(ConfigMap("a", 8));
        _store.Observe(ConfigMap("b", 9));

        _store.Replace(new ResourceList([ConfigMap("b", 2)], "7"));

        _store.All().Select(obj => obj.ResourceVersion).Should().BeEquivalentTo("8", "9");
        _store.Replace(new ResourceList([ConfigMap("b", 9)], "12"));
        _store.All().Select(obj => obj.ResourceVersion).Should().BeEquivalentTo("9");
    }

    [Fact]
    public void A_deletion_older_than_our_write_of_the_same_object_holds_and_one_of_its_predecessor_does_not()
    {
        _store.Replace(new ResourceList([ConfigMap("a", 3, uid: "first"), ConfigMap("b", 4)], "5"));
        _store.Observe(ConfigMap("a", 9, uid: "second"));
        _store.Observe(ConfigMap("b", 10));

        Apply(WatchEventType.Deleted, ConfigMap("a", 7, uid: "first"));
        Apply(WatchEventType.Deleted, ConfigMap("b", 8));

        _store.All().Select(obj => obj.Uid).Should().Equal("second");
    }

    [Fact]
    public void A_cluster_restored_from_a_backup_is_believed_though_its_versions_are_lower()
    {
        _store.Replace(new ResourceList([ConfigMap("a", 900), ConfigMap("b", 901)], "1000"));
        _store.Replace(new ResourceList([ConfigMap("a", 90)], "100"));
        Apply(WatchEventType.Modified, ConfigMap("a", 101));
        _store.Observe(ConfigMap("a", 102));

        _store.All().Select(obj => obj.ResourceVersion).Should().Equal("102");
        _changes.Should().EndWith(["a 900>90", "a 90>101", "a 101>102"]);
    }

    [Fact]
    public void Versions_that_are_no_numbers_leave_the_watch_in_charge()
    {
        var opaque = ConfigMap("a", 1);
        opaque["metadata"]!["resourceVersion"] = "x-1";
        _store.Replace(new ResourceList([ConfigMap("a", 3)], "x"));
        _store.Observe(opaque);
        _store.Get(A)!.ResourceVersion.Should().Be("3");

        Apply(WatchEventType.Modified, opaque);

        _store.Get(A)!.ResourceVersion.Should().Be("x-1");
    }

    [Fact]
    public void What_is_observed_is_our_own_copy_and_within_what_is_watched()
    {
        var store = Of(new InformerOptions { Namespace = "shop" });
        store.Replace(new ResourceList([], "5"));
        var answer = ConfigMap("a", 6);
        store.Observe(answer);
        store.Observe(ConfigMap("b", 6, ns: "bank"));
        answer["data"]!["text"] = "changed by its owner";

        store.All().Single().Text("data", "text").Should().Be("at 6");
    }

    [Fact]
    public void With_a_label_selector_only_what_is_held_is_observed()
    {
        var store = Of(new InformerOptions { LabelSelector = "app=web" });
        store.Replace(new ResourceList([ConfigMap("a", 3)], "5"));

        store.Observe(ConfigMap("a", 6));
        store.Observe(ConfigMap("b", 7));

        store.All().Select(obj => obj.ResourceVersion).Should().Equal("6");
    }

    [Fact]
    public void Trimmed_fields_are_gone_whichever_way_the_object_came()
    {
        var store = Of(new InformerOptions { Trim = Trim.ManagedFields });
        static JsonObject Managed(string name, int version)
        {
            var obj = ConfigMap(name, version);
            obj["metadata"]!["managedFields"] = new JsonArray();
            return obj;
        }

        store.Replace(new ResourceList([Managed("a", 1)], "5"));
        store.Apply(new WatchEvent(WatchEventType.Added, Managed("b", 6)));
        store.Observe(Managed("c", 7));

        store.All().Should().HaveCount(3).And.AllSatisfy(obj => obj.At("metadata", "managedFields").Should().BeNull());
    }

    [Fact]
    public void An_index_follows_its_objects()
    {
        var store = Of(new InformerOptions
        {
            Indexes = new Dictionary<string, IndexValues> { ["text"] = obj => obj.Text("data", "text") is { } text ? [text, text] : [] },
        });
        store.Replace(new ResourceList([ConfigMap("a", 1, text: "x"), ConfigMap("b", 2, text: "x"), ConfigMap("c", 3, text: "y")], "5"));
        store.Find("text", "x").Select(obj => obj.Name).Should().BeEquivalentTo("a", "b");

        store.Apply(new WatchEvent(WatchEventType.Modified, ConfigMap("a", 6, text: "y")));
        store.Apply(new WatchEvent(WatchEventType.Deleted, ConfigMap("b", 7)));

        store.Find("text", "x").Should().BeEmpty();
        store.Find("text", "y").Select(obj => obj.Name).Should().BeEquivalentTo("a", "c");
        FluentActions.Invoking(() => store.Find("colour", "y")).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_new_subscriber_is_told_what_is_there_and_a_disposed_one_nothing_more()
    {
        _store.Replace(new ResourceList([ConfigMap("a", 1)], "5"));
        var late = new List<string>();

        using (_store.Subscribe(change => late.Add($"{change.Old?.ResourceVersion ?? "-"}>{change.New?.ResourceVersion}")))
            Apply(WatchEventType.Modified, ConfigMap("a", 6));
        Apply(WatchEventType.Modified, ConfigMap("a", 7));

        late.Should().Equal("->1", "1>6");
        _changes.Should().Equal("a ->1", "a 1>6", "a 6>7");
    }

    [Fact]
    public void A_handler_that_throws_keeps_nobody_else_from_being_told()
    {
        var told = new List<string>();
        using var bad = _store.Subscribe(_ => throw new InvalidOperationException("a bug"));
        using var good = _store.Subscribe(change => told.Add(change.Key.Name));

        _store.Replace(new ResourceList([ConfigMap("a", 1), ConfigMap("b", 2)], "5"));

        told.Should().Equal("a", "b");
    }

    [Fact]
    public void A_handler_sees_the_change_in_the_store_and_may_write_to_it()
    {
        var seen = new List<string>();
        using var subscription = _store.Subscribe(change =>
        {
            seen.Add($"{change.Object.ResourceVersion} while {_store.Get(A)!.ResourceVersion}");
            if (change.Object.ResourceVersion == "6")
                _store.Observe(ConfigMap("a", 7));
        });

        _store.Apply(new WatchEvent(WatchEventType.Added, ConfigMap("a", 6)));

        seen.Should().Equal("6 while 6", "7 while 7");
    }

    [Fact]
    public async Task Changes_from_many_threads_are_told_in_the_order_in_which_they_happened()
    {
        var told = new List<(ulong? Old, ulong? New)>();
        using var subscription = _store.Subscribe(change => told.Add((
            change.Old is null ? null : ulong.Parse(change.Old.ResourceVersion, System.Globalization.CultureInfo.InvariantCulture),
            change.New is null ? null : ulong.Parse(change.New.ResourceVersion, System.Globalization.CultureInfo.InvariantCulture))));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 1; i <= 500; i++)
                _store.Observe(ConfigMap("a", (i * 8) + thread));
        })));

        told.Should().NotBeEmpty();
        told.Zip(told.Skip(1)).Should().AllSatisfy(pair => pair.Second.Old.Should().Be(pair.First.New, "each change begins where the last one ended"));
        told[^1].New.Should().Be(4007);
    }

    private static Store Of(InformerOptions options) => new(options, new ChangeFeed(NullLogger.Instance));

    private void Apply(WatchEventType type, JsonObject obj) => _store.Apply(new WatchEvent(type, obj));
}
