using Microsoft.Extensions.Time.Testing;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

/// <summary>What a Canary costs the API server.</summary>
public class CostTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task An_idle_canary_costs_no_request_at_all()
    {
        await using var world = await cluster.WorldAsync();
        using var inner = world.Client();
        var client = new CountingClient(inner);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await world.StartControllerAsync(client, time);
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary());
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
        using var inner = world.Client();
        var client = new CountingClient(inner);
        await world.InitializedAsync(""" "stepWeights": [10, 20, 30, 40, 50] """, client: client);
        world.SetImage("podinfo:2");
        await world.WaitForAsync(Phase.Succeeded);

        var writes = client.Requests.Where(request => request.Split(' ')[0] is "create" or "replace" or "patch" or "delete").ToList();
        var routes = Enumerable.Range(0, writes.Count).Where(index => writes[index] == "patch VirtualService").ToList();
        // Four whole steps lie between the first route write and the fifth.
        writes[(routes[0] + 1)..(routes[4] + 1)].Should().Equal(Enumerable.Repeat(new[] { "create Event", "replace Canary/status", "patch VirtualService" }, 4).SelectMany(step => step),
            "the journal says {0}", string.Join(" | ", world.Status().Journal.Select(entry => entry.Message)));
    }
}
