using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Xunit.Abstractions;

namespace Rollouts.Controller.Tests;

/// <summary>
/// The first law: the controller is killed before and after every write that it makes, once for each, and started again. The splits that
/// users saw and the end are those of a run that nobody disturbed.
/// </summary>
public class CrashTests(TestCluster cluster, ITestOutputHelper output) : IClassFixture<TestCluster>
{
    [Theory]
    [InlineData(CrashMoment.BeforeWrite)]
    [InlineData(CrashMoment.AfterWrite)]
    public async Task A_rollout_that_succeeds_ends_the_same_wherever_the_controller_is_killed(CrashMoment moment) =>
        await KillEverywhereAsync(100, moment, new Story([0, 30, 60, 0], Phase.Succeeded, "podinfo:2", "Promoted", 0));

    [Theory]
    [InlineData(CrashMoment.BeforeWrite)]
    [InlineData(CrashMoment.AfterWrite)]
    public async Task A_rollout_that_fails_ends_the_same_wherever_the_controller_is_killed(CrashMoment moment) =>
        await KillEverywhereAsync(50, moment, new Story([0, 30, 0], Phase.Failed, "podinfo:1", "Failed", 0));

    private async Task KillEverywhereAsync(double successRate, CrashMoment moment, Story expected)
    {
        var undisturbed = await TellAsync(successRate, null, moment);
        undisturbed.Story.Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());

        var writes = Enumerable.Range(1, undisturbed.Writes).ToList();
        var died = 0;
        await Parallel.ForEachAsync(writes, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (write, _) =>
        {
            var told = await TellAsync(successRate, write, moment);
            told.Story.Should().BeEquivalentTo(expected, options => options.WithStrictOrdering(), "the controller was killed at write {0} ({1})", write, moment);
            Interlocked.Add(ref died, told.Died ? 1 : 0);
        });

        output.WriteLine($"{died} crashes at {writes.Count} writes, {moment}");
        // What is written while pods become ready differs by a message or two from run to run; all else has to have been hit.
        died.Should().BeGreaterThan(writes.Count * 3 / 4);
    }

    /// <summary>Initialises, releases, and tells what was seen from outside; the first controller dies at the write, and a second one goes on.</summary>
    private async Task<(Story Story, int Writes, bool Died)> TellAsync(double successRate, int? crashAt, CrashMoment moment)
    {
        await using var world = await cluster.WorldAsync();
        world.Metrics.SuccessRate = successRate;
        await using var weights = new WeightRecorder(world);
        using var client = world.Client();
        var mortal = new CrashingClient(client, crashAt, moment);
        await using var first = await world.StartControllerAsync(mortal);
        using var over = new CancellationTokenSource();
        var successor = SucceedAsync(world, first, mortal, over.Token);

        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary());
        await world.WaitForAsync(Phase.Initialized);
        world.SetImage("podinfo:2");
        var status = await world.WaitAsync(
            status => status is { Phase: Phase.Succeeded } or { Phase: Phase.Failed, Run.RetiredAt: not null }, "the end of the run");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 0, "everything on the primary");

        var story = new Story(
            [.. weights.Seen], status.Phase, world.Image("podinfo-primary"), status.History.Single().Outcome.ToString(), world.Replicas("podinfo"));
        await over.CancelAsync();
        await successor;
        return (story, mortal.Writes, mortal.Died.IsCompleted);
    }

    private static async Task SucceedAsync(TestWorld world, ControllerHost first, CrashingClient mortal, CancellationToken over)
    {
        try
        {
            await mortal.Died.WaitAsync(over);
            await first.DisposeAsync();
            await world.StartControllerAsync();
        }
        catch (OperationCanceledException)
        {
            // The write it was to die at never came: the run needed fewer.
        }
    }

    private sealed record Story(IReadOnlyList<int> Weights, Phase End, string PrimaryImage, string Outcome, int CandidateReplicas);
}
