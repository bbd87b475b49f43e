using Microsoft.Extensions.Time.Testing;
using Rollouts.Controller.Tests.Gating;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

/// <summary>What a Canary costs the API server.</summary>
public class CostTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string Match = """ "match": [{"headers": {"x-tester": {"exact": "yes"}}}] """;

    [Theory]
    [InlineData(Manifests.Ramp, null)]
    [InlineData(""" "iterations": 3, "match": [{"headers": {"x-tester": {"exact": "yes"}}}] """, null)]
    [InlineData(Manifests.Ramp, "rollback")]
    [InlineData(Manifests.Ramp, "confirm-promotion")]
    public async Task An_idle_canary_costs_no_request_at_all(string analysis, string? hook)
    {
        await using var gate = await HookReceiver.StartAsync(HookReceiver.Answers(403));
        await using var world = await cluster.WorldAsync();
        using var inner = world.Client();
        var client = new CountingClient(inner);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await world.StartControllerAsync(client, time);
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary(hook is null ? analysis : $"{analysis}, {Gate(gate, hook)}"));
        await PassAsync(time, world.WaitForAsync(Phase.Initialized));
        // The last thing that initialising asks for: what is published comes after what is committed.
        await world.WaitForAsync(Kinds.Events, e => (string?)e["reason"] == "Initialized", "the event Initialized");

        client.Clear();
        time.Advance(TimeSpan.FromHours(1));
        // One touch of the Canary proves that the controller was awake all along, and costs what it costs: nothing but a look.
        world.Annotate("example.com/touched", "yes");
        world.SetImage("podinfo:2");
        await world.WaitForAsync(Phase.Progressing);

        var idle = client.Requests.TakeWhile(request => request != "replace Canary/status").Where(request => !request.StartsWith("watch", StringComparison.Ordinal));
        idle.Should().BeEmpty();
        gate.Calls.Where(call => call.Body.Contains("\"phase\":\"Initialized\"", StringComparison.Ordinal)).Should().BeEmpty("nothing rests that a webhook could end");
    }

    /// <summary>Lets time pass, a second at a time, until something has happened.</summary>
    private static async Task PassAsync(FakeTimeProvider time, Task happening)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!happening.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await ticks.WaitForNextTickAsync();
        }
        await happening;
    }

    [Fact]
    public async Task A_step_costs_three_writes_its_status_its_route_and_its_event()
    {
        await using var world = await cluster.WorldAsync();
        HasThreeWritesEachStep(world, await WritesAsync(world, FiveWeights));
    }

    [Theory]
    [InlineData("rollout")]
    [InlineData("rollback")]
    [InlineData("confirm-promotion")]
    public async Task So_does_a_step_that_webhooks_have_a_say_in(string hook)
    {
        await using var gate = await HookReceiver.StartAsync(HookReceiver.Answers(hook == "rollback" ? 403 : 200));
        await using var world = await cluster.WorldAsync();
        HasThreeWritesEachStep(world, await WritesAsync(world, $"{FiveWeights}, {Gate(gate, hook)}"));
        gate.Calls.Should().NotBeEmpty();
    }

    // A person may take days to say yes, so what the checks said meanwhile has to be kept.
    [Fact]
    public async Task A_gate_to_more_traffic_costs_one_write_more_in_which_the_checks_before_it_are_kept()
    {
        await using var gate = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        await using var world = await cluster.WorldAsync();

        // Each round of checks that falls due before the gate has answered is kept too: on a busy machine one may.
        var writes = await WritesAsync(world, $"{FiveWeights}, {Gate(gate, "confirm-traffic-increase")}", interval: "10s");

        Steps(writes).MinBy(step => step.Length).Should().Equal(["create Event", "replace Canary/status", "replace Canary/status", "patch VirtualService"], Journal(world));
    }

    [Fact]
    public async Task An_iteration_of_an_AB_run_moves_no_route_and_costs_two()
    {
        await using var world = await cluster.WorldAsync();

        var writes = await WritesAsync(world, $"{Match}, \"iterations\": 6");

        var events = Enumerable.Range(0, writes.Count).Where(index => writes[index] == "create Event").ToList();
        // The run, its six iterations, and what comes after.
        writes[(events[1] + 1)..(events[6] + 1)].Should().Equal(Enumerable.Repeat(new[] { "replace Canary/status", "create Event" }, 5).SelectMany(step => step), Journal(world));
    }

    [Fact]
    public async Task A_gate_that_says_no_again_and_again_is_written_down_once()
    {
        await using var gate = await HookReceiver.StartAsync([.. Enumerable.Repeat(HookReceiver.Answers(403), 6), HookReceiver.Answers(200)]);
        await using var world = await cluster.WorldAsync();

        var writes = await WritesAsync(world, $"{Manifests.Ramp}, {Gate(gate, "confirm-rollout")}");

        gate.Calls.Should().HaveCountGreaterThanOrEqualTo(7);
        // That it waits, that the answer was no, and that the run starts.
        writes.TakeWhile(write => write != "patch Deployment").Count(write => write == "replace Canary/status").Should().BeLessThanOrEqualTo(3, Journal(world));
    }

    private const string FiveWeights = """ "stepWeights": [10, 20, 30, 40, 50] """;

    private static string Gate(HookReceiver gate, string type) => $$""" "webhooks": [{"name": "gate", "type": "{{type}}", "url": "{{gate.Url}}/"}] """;

    /// <summary>What a whole run writes.</summary>
    private static async Task<List<string>> WritesAsync(TestWorld world, string analysis, string interval = "1s")
    {
        using var inner = world.Client();
        var client = new CountingClient(inner);
        await world.InitializedAsync(analysis, client: client);
        await world.WaitForAsync(Kinds.Events, e => (string?)e["reason"] == "Initialized", "the event Initialized");
        world.Change(TestWorld.Canaries, "podinfo", canary => canary["spec"]!["analysis"]!["interval"] = interval);
        client.Clear();
        world.SetImage("podinfo:2");
        await world.WaitForAsync(Phase.Succeeded);
        return [.. client.Requests.Where(request => request.Split(' ')[0] is "create" or "replace" or "patch" or "delete")];
    }

    /// <summary>The writes of the four whole steps between the first route write and the fifth.</summary>
    private static IEnumerable<string[]> Steps(List<string> writes)
    {
        var routes = Enumerable.Range(0, writes.Count).Where(index => writes[index] == "patch VirtualService").ToList();
        return routes.Take(4).Zip(routes.Skip(1), (from, to) => writes[(from + 1)..(to + 1)].ToArray());
    }

    private static void HasThreeWritesEachStep(TestWorld world, List<string> writes) =>
        Steps(writes).Should().HaveCount(4).And.OnlyContain(step => step.SequenceEqual(new[] { "create Event", "replace Canary/status", "patch VirtualService" }), Journal(world));

    private static string Journal(TestWorld world) => $"the journal says {string.Join(" | ", world.Status().Journal.Select(entry => entry.Message))}".Replace("{", "{{").Replace("}", "}}");
}
