using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Tests.Samples;

/// <summary>All stories on one cluster, a few at a time: most of a rollout is waiting.</summary>
public sealed class SamplePlays : IAsyncLifetime
{
    private const int AtOnce = 4;

    private readonly Dictionary<string, TaskCompletionSource<(CanaryStatus, string)>> outcomes =
        Story.All.Keys.ToDictionary(name => name, _ => new TaskCompletionSource<(CanaryStatus, string)>(TaskCreationOptions.RunContinuationsAsynchronously));
    private Task playing = Task.CompletedTask;

    public TestCluster Cluster { get; } = new();

    public async Task InitializeAsync()
    {
        await Cluster.InitializeAsync();
        playing = Parallel.ForEachAsync(Story.All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (story, _) => await PlayAsync(story.Key, story.Value));
    }

    public async Task DisposeAsync()
    {
        await playing;
        await Cluster.DisposeAsync();
    }

    internal Task<(CanaryStatus Status, string Routes)> Of(string sample) => outcomes[sample].Task;

    private async Task PlayAsync(string name, Story story)
    {
        try
        {
            outcomes[name].SetResult(await SamplePlay.RunAsync(Cluster, name, story));
        }
#pragma warning disable CA1031 // The test that waits for it fails with it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            outcomes[name].SetException(failure);
        }
    }
}
