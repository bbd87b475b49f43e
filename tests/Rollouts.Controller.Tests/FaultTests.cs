using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.Crashing;
using Rollouts.Controller.Tests.Gating;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Injecting;
using Xunit.Abstractions;

namespace Rollouts.Controller.Tests;

/// <summary>
/// Whatever goes wrong with requests to the API server, users meet the same routes in the same order, and the end is the same. A seed that
/// fails is printed: ROLLOUTS_FAULT_SEED plays it alone, and ROLLOUTS_FAULT_SEEDS=N plays more seeds than the usual.
/// </summary>
public sealed class FaultTests(TestCluster cluster, ITestOutputHelper output) : IClassFixture<TestCluster>, IAsyncLifetime
{
    private static readonly string[] Releases = ["ramp", "ramp that fails", "gates", "blue/green"];

    private static readonly Dictionary<string, RequestFault[]> Faults = new()
    {
        ["409"] = [RequestFault.Conflict],
        ["429"] = [RequestFault.TooManyRequests(0), RequestFault.TooManyRequests(1)],
        ["500"] = [RequestFault.InternalError],
        ["connections lost"] = [RequestFault.ConnectionLost],
        ["answers lost"] = [RequestFault.AnswerLost],
        ["timeouts"] = [new DelayedRequest(TimeSpan.FromHours(1)), new LateAnswer(TimeSpan.FromHours(1))],
        ["slow answers"] = [new DelayedRequest(TimeSpan.FromMilliseconds(50)), new LateAnswer(TimeSpan.FromMilliseconds(50))],
        ["watches that end"] = [new EndedWatch(1), new EndedWatch(2, Cleanly: false)],
        ["watches that stall"] = [new StalledWatch(1), new StalledWatch(3)],
    };

    private static readonly ConcurrentDictionary<string, Lazy<Task<Tale>>> Undisturbed = new();

    private HookReceiver? gate;

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
        var met = new ConcurrentBag<(ApiRequest Request, RequestFault Fault)>();
        await Parallel.ForEachAsync(
            Seeds().SelectMany(_ => Releases, (seed, name) => (seed, name)),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (life, _) =>
            {
                var disturbed = await LiveAsync(life.name, life.seed, faults);
                output.WriteLine($"{life.name}, seed {life.seed}: {disturbed.Count} requests went wrong");
                foreach (var one in disturbed)
                    met.Add(one);
            });

        var tried = met.Where(one => kind == "all mixed" || one.Request.IsWrite || IsOfWatches(one.Fault)).Select(one => one.Fault).ToHashSet();
        faults.Where(fault => !tried.Contains(fault)).Should().BeEmpty("each has to have met a write, or a watch where it is of watches");
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
        // Somebody else writes to the Canary, and the controller hears of it by the refusal alone.
        world.Annotate("example.com/touched", "yes");
        world.Metrics.SuccessRate = 100;
        await lagging.Refused.WaitAsync(TimeSpan.FromSeconds(60));
        await chronicle.UntilAsync(seen => seen is { Status.Phase: Phase.Succeeded, Weight: 0 });

        chronicle.Routes.Should().Be("100/0, 70/30, 40/60, 100/0");
        world.Status().Journal.Count(entry => entry.Reason == "StepAdvanced").Should().Be(2);
    }

    [Fact]
    public async Task The_way_back_does_not_wait_for_a_watch_of_routes_that_is_dead()
    {
        await using var world = await cluster.WorldAsync();
        await using var chronicle = new Chronicle(world);
        using var client = world.Client();
        var lagging = new LaggingClient(client, ClusterKinds.VirtualServices, route => TestWorld.WeightOf(route) == 30);
        await world.InitializedAsync(client: lagging);
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await lagging.Lags.WaitAsync(TimeSpan.FromSeconds(60));
        world.Change(TestWorld.VirtualServices, "podinfo", route => (route["metadata"]!["annotations"] ??= new JsonObject())["example.com/touched"] = "yes");
        world.Metrics.SuccessRate = 50;
        await chronicle.UntilAsync(seen => seen is { Status.Phase: Phase.Failed, Weight: 0 });

        chronicle.Routes.Should().Be("100/0, 70/30, 100/0");
        lagging.Refused.IsCompleted.Should().BeTrue();
    }

    /// <summary>Lives the release with the seed's faults, holds it to the undisturbed one, and tells what went wrong with its requests.</summary>
    private async Task<IReadOnlyList<(ApiRequest Request, RequestFault Fault)>> LiveAsync(string name, int seed, RequestFault[] faults)
    {
        var wanted = await Undisturbed.GetOrAdd(name, _ => new(async () => (await TellAsync(name, [])).Tale)).Value;
        try
        {
            var (tale, met) = await TellAsync(name, [.. faults.GroupBy(IsOfWatches).Select(some => Draw(seed, some.Key, [.. some]))]);
            tale.Should().Be(wanted);
            met.Should().NotBeEmpty();
            return met;
        }
        catch (Exception wrong)
        {
            throw new InvalidOperationException($"ROLLOUTS_FAULT_SEED={seed} fails the {name}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Bootstraps, releases, and tells what was seen from outside.</summary>
    private async Task<(Tale Tale, IReadOnlyList<(ApiRequest Request, RequestFault Fault)> Met)> TellAsync(string name, IReadOnlyList<IRequestFaults> faults)
    {
        var strategy = Strategies.All(gate!.Url)[name];
        await using var world = await cluster.WorldAsync(faults);
        world.Metrics.SuccessRate = strategy.SuccessRate;
        await using var chronicle = new Chronicle(world);
        using var client = world.Client(new ClusterClientOptions { RequestTimeout = TimeSpan.FromMilliseconds(500), WatchSilence = TimeSpan.FromSeconds(1) });
        var controller = await world.StartControllerAsync(client);
        strategy.Begin(world);
        await chronicle.UntilAsync(seen => seen.Status.Phase == Phase.Initialized);
        await strategy.Before(world);
        await strategy.Play(world);
        await strategy.EndAsync(chronicle);

        var status = world.Status();
        (strategy.Told(chronicle, world) with { Places = "" }).Should().Be(strategy.Expected);
        // An event is told after what it is about was counted.
        var last = status.Journal[^1];
        await world.WaitForAsync(Kinds.Events, told => (string?)told["reason"] == last.Reason && (string?)told["message"] == last.Message, $"the event {last.Reason}");
        var events = world.Api.List(Kinds.Events, world.Namespace).Where(told => (string?)told["reportingComponent"] == "rollouts").Select(told => (string?)told["reason"]);
        events.Should().BeEquivalentTo(status.Journal.Select(entry => entry.Reason), "each entry of the journal is told, and once");
        return (new Tale(chronicle.Places, status.Phase, await RunsCountedAsync(controller)), cluster.FaultsMet(world.Namespace));
    }

    /// <summary>What /metrics says of the runs that ended, without those of which there are none.</summary>
    private static async Task<string> RunsCountedAsync(ControllerHost controller)
    {
        using var http = new HttpClient { BaseAddress = controller.Url };
        var lines = (await http.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("rollouts_runs_total{", StringComparison.Ordinal));
        return string.Join(", ", lines.Where(line => !line.EndsWith(" 0", StringComparison.Ordinal)).Select(line => line[line.IndexOf("outcome=", StringComparison.Ordinal)..]));
    }

    // Of watches, which last long, most have to be disturbed for any to be; and of many faults each is to have its part.
    private static SeededFaults Draw(int seed, bool ofWatches, RequestFault[] faults) => ofWatches
        ? new SeededFaults(seed, 0.5, faults) { Among = request => request.IsWatch }
        : new SeededFaults(seed, faults.Length > 2 ? 0.3 : 0.15, faults);

    private static bool IsOfWatches(RequestFault fault) => fault is EndedWatch or StalledWatch;

    private static IEnumerable<int> Seeds() => Number("ROLLOUTS_FAULT_SEED") is { } seed ? [seed] : Enumerable.Range(1, Number("ROLLOUTS_FAULT_SEEDS") ?? 2);

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private sealed record Tale(string Places, Phase Phase, string Runs);
}
