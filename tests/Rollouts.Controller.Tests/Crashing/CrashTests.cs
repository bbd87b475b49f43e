using Rollouts.Controller.Tests.Gating;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Xunit.Abstractions;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>
/// The first law: the controller dies before and after every write that it makes, once for each, and is started again. The routes that
/// users met, the steps that were gone through and the end are those of a run that nobody disturbed.
/// </summary>
public sealed class CrashTests(TestCluster cluster, ITestOutputHelper output) : IClassFixture<TestCluster>, IAsyncLifetime
{
    private HookReceiver? gate;

    public static TheoryData<string> Names() => [.. Strategies.All("").Keys];

    public async Task InitializeAsync() => gate = await HookReceiver.StartAsync(HookReceiver.Answers(200));

    public async Task DisposeAsync()
    {
        if (gate is not null)
            await gate.DisposeAsync();
    }

    /// <summary>Every write of every strategy, without HTTP.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_release_ends_the_same_wherever_the_controller_dies(string name)
    {
        var strategy = Strategies.All(gate!.Url)[name];
        await using var rehearsal = await Rehearsal.PlayAsync(strategy);
        var undisturbed = rehearsal.Undisturbed;
        (undisturbed with { Places = "" }).Should().Be(strategy.Expected);

        await Parallel.ForEachAsync(rehearsal.Moments, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (crash, _) =>
            (await rehearsal.SucceedAsync(crash)).Should().Be(undisturbed, "the controller died {0}", crash));

        var kills = rehearsal.Crashes;
        output.WriteLine($"{name}: {kills.Count} kills, before and after each of {kills[^1].Write} writes, at {rehearsal.Moments.Count} different moments");
    }

    /// <summary>Some writes of every strategy, over HTTP, with the requests of the dying process still on their way.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_release_ends_the_same_when_the_controller_is_killed(string name)
    {
        const int most = 4;
        var strategy = Strategies.All(gate!.Url)[name];
        var (undisturbed, writes, _) = await TellAsync(strategy, null, CrashMoment.BeforeWrite);
        (undisturbed with { Places = "" }).Should().Be(strategy.Expected);
        var all = Enumerable.Range(1, writes).SelectMany(write => Enum.GetValues<CrashMoment>(), (write, moment) => (write, moment)).ToList();
        var kills = Enumerable.Range(0, Math.Min(all.Count, most)).Select(number => all[number * all.Count / Math.Min(all.Count, most)]).ToList();
        var died = 0;
        await Parallel.ForEachAsync(kills, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (kill, _) =>
        {
            var told = await TellAsync(strategy, kill.write, kill.moment);
            told.Story.Should().Be(undisturbed, "the controller was killed {1} {0}", kill.write, kill.moment);
            Interlocked.Add(ref died, told.Died ? 1 : 0);
        });

        output.WriteLine($"{name}: {died} kills of {all.Count} that there are");
        // What is written while pods become ready differs by a message or two from run to run, so that the last of the writes may not come.
        died.Should().BeGreaterThan(kills.Count / 2);
    }

    /// <summary>Initialises, releases, and tells what was seen from outside; the first controller dies at the write, and a second one goes on.</summary>
    private async Task<(Story Story, int Writes, bool Died)> TellAsync(Strategy strategy, int? crashAt, CrashMoment moment)
    {
        await using var world = await cluster.WorldAsync();
        world.Metrics.SuccessRate = strategy.SuccessRate;
        await using var chronicle = new Chronicle(world);
        using var client = world.Client();
        var mortal = new CrashingClient(client, crashAt, moment);
        // The clock on the wall goes on when a process dies.
        var time = new ScaledTime(20);
        await using var first = await world.StartControllerAsync(mortal, time);
        using var over = new CancellationTokenSource();
        var successor = SucceedAsync(world, first, mortal, time, over.Token);

        if (strategy.FromTheBeginning)
            mortal.Arm();
        strategy.Begin(world);
        await world.WaitForAsync(Model.Status.Phase.Initialized);
        await strategy.Before(world);
        mortal.Arm();
        await strategy.PlayAsync(world);
        await strategy.EndAsync(chronicle);

        var story = strategy.Told(chronicle, world);
        await over.CancelAsync();
        await successor;
        return (story, mortal.Writes, mortal.Died.IsCompleted);
    }

    private static async Task SucceedAsync(TestWorld world, ControllerHost first, CrashingClient mortal, ScaledTime time, CancellationToken over)
    {
        try
        {
            await mortal.Died.WaitAsync(over);
            await first.DisposeAsync();
            await world.StartControllerAsync(time: time);
        }
        catch (OperationCanceledException)
        {
            // The write it was to die at never came: the run needed fewer.
        }
    }
}
