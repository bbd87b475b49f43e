using Rollouts.Controller.Tests.World;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>
/// One release that nobody disturbs, and the cluster as it was before and after each write of its controller. What dies with a process is its
/// memory, so a controller that died at one of those moments is one that is started on the cluster as it was then.
/// </summary>
internal sealed class Rehearsal : IAsyncDisposable
{
    private const double Speed = 20;

    private readonly Strategy strategy;
    private readonly ScriptedMetrics metrics;
    private readonly List<Crash> crashes = [];
    private readonly LocalCluster cluster = LocalCluster.Start();
    private readonly Chronicle chronicle;

    private Rehearsal(Strategy strategy, ScriptedMetrics metrics)
    {
        this.strategy = strategy;
        this.metrics = metrics;
        chronicle = new Chronicle(World(cluster));
    }

    /// <summary>Two for each write, in order; one for a write that was refused.</summary>
    public IReadOnlyList<Crash> Crashes => crashes;

    /// <summary>The crashes without those that leave the same: a write was done, and the next one was about to be sent before anything else happened.</summary>
    public IReadOnlyList<Crash> Moments => [.. crashes.Where((crash, place) => place == 0 || !crash.IsThatOf(crashes[place - 1]))];

    public Story Undisturbed => strategy.Told(chronicle, World(cluster));

    public static async Task<Rehearsal> PlayAsync(Strategy strategy)
    {
        var metrics = await ScriptedMetrics.StartAsync();
        metrics.SuccessRate = strategy.SuccessRate;
        var rehearsal = new Rehearsal(strategy, metrics);
        await rehearsal.PlayAsync();
        return rehearsal;
    }

    /// <summary>What is seen when the controller dies and another one goes on.</summary>
    public async Task<Story> SucceedAsync(Crash crash)
    {
        await using var heritage = LocalCluster.Restore(crash.Cluster);
        var world = World(heritage);
        await using var seen = chronicle.GoOn(world, crash.Cluster.Revision);
        // Before anything can change: a Canary that is there now is waited for, one that is gone is not.
        var play = seen.IsGone ? Task.CompletedTask : strategy.PlayAsync(world);
        await using var successor = await LocalController.StartAsync(heritage.Client(), new ScaledTime(Speed, crash.Now), metrics);
        await play;
        await strategy.EndAsync(seen);
        return strategy.Told(seen, world);
    }

    public async ValueTask DisposeAsync()
    {
        await chronicle.DisposeAsync();
        await cluster.DisposeAsync();
        await metrics.DisposeAsync();
    }

    private static TestNamespace World(LocalCluster cluster) => new(cluster.Api, LocalCluster.Namespace);

    private async Task PlayAsync()
    {
        var world = World(cluster);
        var time = new ScaledTime(Speed);
        var client = new CrashingClient(cluster.Client(), null, CrashMoment.BeforeWrite)
        {
            Witness = (write, moment) => crashes.Add(new Crash(write, moment, cluster.Freeze(), time.GetUtcNow())),
        };
        strategy.Begin(world);
        if (strategy.FromTheBeginning)
            client.Arm();
        await using var controller = await LocalController.StartAsync(client, time, metrics);
        await world.WaitForAsync(Model.Status.Phase.Initialized);
        await strategy.Before(world);
        client.Arm();
        await strategy.PlayAsync(world);
        await strategy.EndAsync(chronicle);
    }
}
