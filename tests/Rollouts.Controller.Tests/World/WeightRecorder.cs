using System.Collections.Concurrent;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Controller.Tests.World;

/// <summary>Every weight that the candidate had in the route, in order, without repeats.</summary>
internal sealed class WeightRecorder : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<int> seen = new();
    private readonly Task watching;

    public WeightRecorder(TestWorld world) => watching = WatchAsync(world);

    public IReadOnlyList<int> Seen => [.. seen];

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await watching;
        end.Dispose();
    }

    private async Task WatchAsync(TestWorld world)
    {
        try
        {
            await foreach (var change in world.Api.WatchAsync(TestWorld.VirtualServices, end.Token))
            {
                if (change.Object.Namespace == world.Namespace && TestWorld.WeightOf(change.Object) is { } weight && (seen.IsEmpty || seen.Last() != weight))
                    seen.Enqueue(weight);
            }
        }
        catch (OperationCanceledException)
        {
            // That is how the recording ends.
        }
    }
}
