using Rollouts.Controller.Tests.Gating;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Xunit.Abstractions;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>
/// The first law: the controller is killed before and after every write that it makes, once for each, and started again. The routes that
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

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_release_ends_the_same_wherever_the_controller_is_killed(string name)
    {
        var strategy = Strategies.All(gate!.Url)[name];
        var (undisturbed, writes, _) = await TellAsync(strategy, null, CrashMoment.BeforeWrite);
        (undisturbed with { Places = "" }).Should().Be(new Story(strategy.Routes, "", strategy.PrimaryImage, strategy.Outcomes, strategy.TargetReplicas));
        var all = Enumerable.Range(1, writes).SelectMany(write => Enum.GetValues<CrashMoment>(), (write, moment) => (write, moment)).ToList();
        var kills = Enumerable.Range(0, Math.Min(all.Count, strategy.Kills)).Select(number => all[(int)((long)number * all.Count / Math.Min(all.Count, strategy.Kills))]).ToList();
        var died = 0;
        await Parallel.ForEachAsync(kills, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (kill, _) =>
        {
            var told = await TellAsync(strategy, kill.write, kill.moment);
            told.Story.Should().Be(undisturbed, "the controller was killed {1} {0}", kill.write, kill.moment);
            Interlocked.Add(ref died, told.Died ? 1 : 0);
        });

        output.WriteLine($"{name}: {died} kills of {all.Count} that there are");
        // What is written while pods become ready differs by a message or two from run to run; all else has to have been hit.
        died.Should().BeGreaterThan(kills.Count * 3 / 4);
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
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary(strategy.Analysis, strategy.More));
        await world.WaitForAsync(Model.Status.Phase.Initialized);
        await strategy.Before(world);
        mortal.Arm();
        await strategy.Play(world);
        await strategy.EndAsync(chronicle);

        var outcomes = string.Join(", ", world.Status().History.Where(run => run.Outcome != RunOutcome.Initial).Select(run => run.Outcome));
        var story = new Story(chronicle.Routes, chronicle.Places, world.Image("podinfo-primary"), outcomes, world.Replicas("podinfo"));
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

    private sealed record Story(string Routes, string Places, string PrimaryImage, string Outcomes, int TargetReplicas);
}
