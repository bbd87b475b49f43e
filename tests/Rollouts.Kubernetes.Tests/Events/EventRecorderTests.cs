using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Events;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Tests.Doubles;

namespace Rollouts.Kubernetes.Tests.Events;

public class EventRecorderTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
    private readonly MemoryCluster _cluster = new();
    private readonly EventRecorder _recorder;

    public EventRecorderTests() => _recorder = new EventRecorder(_cluster, "rollouts-7f", _time);

    [Fact]
    public async Task An_event_tells_old_and_new_readers_what_happened_to_what()
    {
        await PublishAsync(Note("web", "RolledBack", "success rate 91 % < 99 %", type: EventType.Warning));

        var published = _cluster.PeekAll().Single();
        published["metadata"]!["name"] = "NAME";
        published.ToJsonString().Should().Be(JsonNode.Parse("""
            {
              "apiVersion": "v1", "kind": "Event",
              "metadata": { "namespace": "shop", "name": "NAME", "resourceVersion": "1" },
              "involvedObject": {
                "apiVersion": "rollouts.dev/v1beta1", "kind": "Canary", "name": "web", "uid": "u-web", "resourceVersion": "7", "namespace": "shop"
              },
              "type": "Warning", "reason": "RolledBack", "message": "success rate 91 % < 99 %", "action": "RolledBack",
              "reportingComponent": "rollouts", "reportingInstance": "rollouts-7f", "eventTime": "2026-01-02T03:04:05.678000Z",
              "source": { "component": "rollouts" },
              "firstTimestamp": "2026-01-02T03:04:05Z", "lastTimestamp": "2026-01-02T03:04:05Z", "count": 1
            }
            """)!.ToJsonString());
    }

    [Fact]
    public async Task The_same_event_published_again_after_a_crash_is_one_event()
    {
        var note = Note("web", "Promoted", "revision abc serves", key: "run-4/promoted");
        _cluster.AfterWrite = (_, _) => throw new ClusterException(0, ClusterReasons.Unreachable, "killed before the answer");
        await FluentActions.Awaiting(() => PublishAsync(note)).Should().ThrowAsync<ClusterException>();
        _cluster.AfterWrite = (_, _) => Task.CompletedTask;

        await PublishAsync(note);
        await PublishAsync(note with { Message = "revision abc serves since 2 minutes" });

        _cluster.PeekAll().Single().Integer("count").Should().Be(1);
    }

    [Fact]
    public async Task Events_with_different_keys_reasons_or_objects_are_different_events()
    {
        await PublishAsync(Note("web", "Promoted", "done", key: "run-4"));
        await PublishAsync(Note("web", "Promoted", "done", key: "run-5"));
        await PublishAsync(Note("web", "Promoted", "done"));
        await PublishAsync(Note("web", "Started", "done", key: "run-4"));
        await PublishAsync(Note("api", "Promoted", "done", key: "run-4"));
        await PublishAsync(Note("web", "Promoted", "run-4"));

        _cluster.PeekAll().Should().HaveCount(6);
    }

    [Fact]
    public async Task Repeats_without_a_key_are_counted_in_one_event()
    {
        for (var i = 0; i < 3; i++)
        {
            await PublishAsync(Note("web", "Waiting", "the window is closed"));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        var published = _cluster.PeekAll().Single();
        published.Integer("count").Should().Be(3);
        published.Integer("series", "count").Should().Be(3);
        published.Text("series", "lastObservedTime").Should().Be("2026-01-02T03:06:05.678000Z");
        (published.Text("firstTimestamp"), published.Text("lastTimestamp")).Should().Be(("2026-01-02T03:04:05Z", "2026-01-02T03:06:05Z"));
    }

    [Fact]
    public async Task A_hundred_events_of_one_object_are_all_there()
    {
        for (var i = 0; i < 100; i++)
            await PublishAsync(Note("web", "Step", $"weight {i}"));

        _cluster.PeekAll().Should().HaveCount(100);
    }

    [Fact]
    public async Task Another_publisher_between_look_and_write_is_counted_too()
    {
        var note = Note("web", "Waiting", "the window is closed");
        var others = 2;
        _cluster.Before = async (verb, _) =>
        {
            if (verb is "create" or "patch" && others-- > 0)
                await PublishAsync(note);
        };

        await PublishAsync(note);

        _cluster.PeekAll().Single().Integer("count").Should().Be(3);
    }

    [Fact]
    public async Task A_refusal_reaches_the_caller()
    {
        _cluster.Before = (verb, _) => verb == "create" ? throw new ClusterException(403, "Forbidden", "no") : Task.CompletedTask;

        var publish = () => PublishAsync(Note("web", "Step", "weight 5"));

        (await publish.Should().ThrowAsync<ClusterException>()).Which.Code.Should().Be(403);
        _cluster.Calls.Should().Equal("get", "create");
    }

    [Fact]
    public async Task Names_and_messages_stay_within_what_the_API_server_takes()
    {
        await PublishAsync(Note(new string('a', 235) + "." + new string('b', 17), "Step", string.Concat(Enumerable.Repeat("🚦≥", 400))));

        var published = _cluster.PeekAll().Single();
        published.Name.Length.Should().BeLessThanOrEqualTo(253);
        published.Name.Should().MatchRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$");
        var message = published.Text("message")!;
        Encoding.UTF8.GetByteCount(message).Should().BeInRange(1000, 1024);
        message.Should().EndWith("…").And.NotContain("\uFFFD");
        message.EnumerateRunes().Should().NotContain(Rune.ReplacementChar);
    }

    [Fact]
    public async Task An_event_of_an_object_without_namespace_lives_in_default()
    {
        var note = Note("web", "Step", "weight 5");
        note.Involved["metadata"]!.AsObject().Remove("namespace");

        await PublishAsync(note);

        _cluster.PeekAll().Single().Namespace.Should().Be("default");
    }

    private Task PublishAsync(EventNote note) => _recorder.PublishAsync(note, default);

    private static EventNote Note(string name, string reason, string message, string? key = null, EventType type = EventType.Normal) => new(
        new JsonObject
        {
            ["apiVersion"] = "rollouts.dev/v1beta1",
            ["kind"] = "Canary",
            ["metadata"] = new JsonObject { ["namespace"] = "shop", ["name"] = name, ["uid"] = $"u-{name}", ["resourceVersion"] = "7" },
        },
        type,
        reason,
        message,
        key);
}
