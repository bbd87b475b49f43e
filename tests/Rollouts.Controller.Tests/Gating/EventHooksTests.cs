using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Rollouts.Controller.Gating;
using Rollouts.Controller.Tests.World;
using Rollouts.Model;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>Events are told to event hooks, and nobody waits for it.</summary>
public sealed class EventHooksTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 1, TimeSpan.Zero);

    private readonly HookScene scene = new();
    private readonly RecordingLog log = new();
    private readonly List<EventHooks> started = [];

    public void Dispose()
    {
        foreach (var hooks in started)
            hooks.Dispose();
        scene.Dispose();
    }

    [Fact]
    public async Task An_event_hook_gets_flaggers_payload_with_its_own_metadata_beside_the_event()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));

        Start().Tell(Reading(EventHook(receiver, """ "metadata": {"channel": "#releases", "eventType": "mine"} """)), Status, Entry(12, warning: true));

        var call = await receiver.NextAsync();
        call.Headers["Idempotency-Key"].Should().Be("\"u-1/event/12/chat\"");
        var body = JsonNode.Parse(call.Body)!;
        body["metadata"]!.ToJsonString().Should().Be("""{"channel":"#releases","eventMessage":"Event 12.","eventType":"Warning","timestamp":"1772366400001"}""");
        body["name"]!.ToString().Should().Be("podinfo");
        body["namespace"]!.ToString().Should().Be("test");
        body["phase"]!.ToString().Should().Be("Progressing");
        body["type"]!.ToString().Should().Be("event");
        body["revision"]!.ToString().Should().Be("64dac793e6");
        body["checksum"]!.ToString().Should().MatchRegex("^[0-9a-f]{10}$");
    }

    [Fact]
    public async Task The_hooks_of_a_canary_replace_the_controllers_own()
    {
        await using var global = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        await using var own = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        var hooks = Start(global.Url);

        hooks.Tell(Reading(EventHook(own)), Status, Entry(1));
        hooks.Tell(Reading(""" {"name": "load", "type": "rollout", "url": "http://load.test/"} """), Status, Entry(2));

        (await own.NextAsync()).Body.Should().Contain("Event 1.");
        (await global.NextAsync()).Body.Should().Contain("Event 2.").And.Contain("\"eventType\":\"Normal\"");
        global.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task Events_come_in_order_and_a_receiver_that_hangs_holds_up_nobody_else()
    {
        var release = new TaskCompletionSource();
        await using var slow = await HookReceiver.StartAsync(HookReceiver.Holds(release.Task));
        await using var quick = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        var reading = Reading($"{EventHook(slow)}, {EventHook(quick, name: "quick")}");
        var hooks = Start();

        foreach (var number in new[] { 1, 2, 3 })
            hooks.Tell(reading, Status, Entry(number));

        foreach (var number in new[] { 1, 2, 3 })
            (await quick.NextAsync()).Body.Should().Contain($"Event {number}.");
        slow.Calls.Count.Should().BeLessThan(2);
        release.SetResult();
        foreach (var number in new[] { 1, 2, 3 })
            (await slow.NextAsync()).Body.Should().Contain($"Event {number}.");
    }

    [Fact]
    public async Task A_failure_is_logged_once_until_something_got_through()
    {
        await using var receiver = await HookReceiver.StartAsync(
            HookReceiver.Answers(503), HookReceiver.Answers(503), HookReceiver.Answers(200), HookReceiver.Answers(404), HookReceiver.Answers(200));
        var hooks = Start();

        foreach (var number in new[] { 1, 2, 3, 4, 5 })
            hooks.Tell(Reading(EventHook(receiver)), Status, Entry(number));
        for (var calls = 0; calls < 5; calls++)
            await receiver.NextAsync();

        log.Lines.Should().Equal(
            "test/podinfo: event/1 was not told: Webhook chat answered 503. Nothing more is logged until something gets through.",
            "test/podinfo: event/4 was not told: Webhook chat answered 404. Nothing more is logged until something gets through.");
    }

    [Fact]
    public async Task A_line_is_bounded_and_says_once_that_events_are_lost()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Hangs());
        var reading = Reading(EventHook(receiver));
        var hooks = Start();

        for (var number = 1; number <= 105; number++)
            hooks.Tell(reading, Status, Entry(number));

        log.Lines.Should().Equal("test/podinfo: the line to the event hook chat is full, and event 101 is lost; so are others until something gets through");
    }

    [Fact]
    public async Task The_controller_tells_what_it_publishes_as_events()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        var cluster = new TestCluster();
        await cluster.InitializeAsync();
        await using (var world = await cluster.WorldAsync())
        {
            await world.StartControllerAsync(options: options => options with { EventWebhook = receiver.Url });
            world.Create(Kinds.Deployments, Manifests.Deployment());
            world.Create(TestWorld.Canaries, Manifests.Canary());

            var told = new List<JsonNode>();
            while (!told.Any(call => call["metadata"]!["eventMessage"]!.ToString().Contains("podinfo-primary serves", StringComparison.Ordinal)))
                told.Add(JsonNode.Parse((await receiver.NextAsync()).Body)!);

            var published = world.Api.List(Kinds.Events, world.Namespace).Where(e => (string?)e["involvedObject"]?["kind"] == "Canary");
            told.Select(call => call["metadata"]!["eventMessage"]!.ToString()).Should().BeSubsetOf(published.Select(e => e["message"]!.ToString()));
            told.Select(call => call["run"]!.ToString()).Should().OnlyHaveUniqueItems();
        }
        await cluster.DisposeAsync();
    }

    private static CanaryStatus Status => CanaryStatus.None with { Phase = Phase.Progressing, LastAppliedSpec = "64dac793e6" };

    private EventHooks Start(string? global = null)
    {
        var hooks = new EventHooks(scene.Client, new ControllerOptions { EventWebhook = global }, log);
        started.Add(hooks);
        return hooks;
    }

    private static JournalEntry Entry(long number, bool warning = false) => new(number, Noon, warning, "Reason", $"Event {number}.");

    private static string EventHook(HookReceiver receiver, string more = """ "timeout": "7m" """, string name = "chat") =>
        $$"""{"name": "{{name}}", "type": "event", "url": "{{receiver.Url}}", {{more}}}""";

    private static CanaryReading Reading(string webhooks)
    {
        var manifest = Manifests.Canary(analysis: $$"""{{Manifests.Ramp}}, "webhooks": [{{webhooks}}]""");
        manifest["metadata"]!["namespace"] = "test";
        manifest["metadata"]!["uid"] = "u-1";
        return Canary.Parse(manifest);
    }

    private sealed class RecordingLog : ILogger<EventHooks>
    {
        private readonly ConcurrentQueue<string> lines = [];

        public IReadOnlyList<string> Lines => [.. lines];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
