using Rollouts.Controller.Tests.Crashing;
using Rollouts.Controller.Tests.Gating;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Injecting;
using Xunit.Abstractions;

namespace Rollouts.Controller.Tests;

/// <summary>Whatever goes wrong with requests to the API server, users meet the same routes in the same order, and the end is the same.</summary>
public sealed class FaultTests(TestCluster cluster, ITestOutputHelper output) : IClassFixture<TestCluster>, IAsyncLifetime
{
    private HookReceiver? gate;

    private static readonly Dictionary<string, RequestFault[]> Faults = new()
    {
        ["409"] = [RequestFault.Conflict],
        ["429"] = [RequestFault.TooManyRequests(0)],
        ["500"] = [RequestFault.InternalError],
        ["connections lost"] = [RequestFault.ConnectionLost],
        ["answers lost"] = [RequestFault.AnswerLost],
        ["timeouts"] = [new DelayedRequest(TimeSpan.FromHours(1))],
        ["slow answers"] = [new DelayedRequest(TimeSpan.FromMilliseconds(50))],
        ["watches that end"] = [new EndedWatch(1), new EndedWatch(2, Cleanly: false)],
        ["watches that stall"] = [new StalledWatch(1), new StalledWatch(3)],
    };

    public static TheoryData<string> Names() => [.. Faults.Keys, "all mixed"];

    public async Task InitializeAsync() => gate = await HookReceiver.StartAsync(HookReceiver.Answers(200));

    public async Task DisposeAsync()
    {
        if (gate is not null)
            await gate.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_release_ends_as_if_nothing_had_gone_wrong(string kind)
    {
        var faults = kind == "all mixed" ? [.. Faults.Values.SelectMany(of => of)] : Faults[kind];
        var lives = new[] { 1, 2 }.SelectMany(_ => new[] { "ramp", "ramp that fails", "gates" }, (seed, name) => (seed, name));
        await Parallel.ForEachAsync(lives, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (life, _) => await LiveAsync(life.seed, life.name, faults));
    }

    private async Task LiveAsync(int seed, string name, RequestFault[] faults)
    {
        var strategy = Strategies.All(gate!.Url)[name];
        // Watches last long: of them most have to be disturbed for any to be.
        var share = faults.Any(fault => fault is EndedWatch or StalledWatch) ? 0.4 : 0.15;
        await using var world = await cluster.WorldAsync(new SeededFaults(seed, share, faults));
        world.Metrics.SuccessRate = strategy.SuccessRate;
        await using var chronicle = new Chronicle(world);
        using var client = world.Client(new ClusterClientOptions { RequestTimeout = TimeSpan.FromMilliseconds(500), WatchSilence = TimeSpan.FromSeconds(1) });
        await world.StartControllerAsync(client);
        strategy.Begin(world);
        await chronicle.UntilAsync(seen => seen.Status.Phase == Phase.Initialized);
        await strategy.Before(world);
        await strategy.Play(world);
        await strategy.EndAsync(chronicle);

        (strategy.Told(chronicle, world) with { Places = "" }).Should().Be(strategy.Expected, "the seed was {0} for the {1}", seed, name);
        cluster.FaultsMet(world.Namespace).Should().BePositive("the seed was {0} for the {1}", seed, name);
        output.WriteLine($"{name}, seed {seed}: {cluster.FaultsMet(world.Namespace)} requests went wrong");
    }

    /// <summary>The status write is a compare-and-swap: by a cache that is behind it fails, and no step is made twice.</summary>
    [Fact]
    public async Task While_the_watch_of_Canaries_is_behind_no_step_is_made_twice()
    {
        await using var world = await cluster.WorldAsync();
        await using var chronicle = new Chronicle(world);
        using var client = world.Client();
        var lagging = new LaggingClient(client, ClusterKinds.Canaries("rollouts.dev"), canary => CanaryStatus.Parse(canary["status"]).CanaryWeight.Percent == 30);
        await world.InitializedAsync(client: lagging);
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await lagging.Lags.WaitAsync(TimeSpan.FromSeconds(60));
        // Somebody else writes to the Canary, and the controller does not hear of it.
        world.Annotate("example.com/touched", "yes");
        world.Metrics.SuccessRate = 100;
        await lagging.Refused.WaitAsync(TimeSpan.FromSeconds(60));
        world.Status().Run!.Step.Should().Be(1);
        lagging.GoOn();
        await chronicle.UntilAsync(seen => seen is { Status.Phase: Phase.Succeeded, Weight: 0 });

        chronicle.Routes.Should().Be("100/0, 70/30, 40/60, 100/0");
        world.Status().Journal.Count(entry => entry.Reason == "StepAdvanced").Should().Be(2);
    }
}
