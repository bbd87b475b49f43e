using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>Every status and every route of a namespace, in order, and a pulse whenever anything in it that a state tells of has changed.</summary>
internal sealed class TraceRecorder : IAsyncDisposable
{
    private static readonly ResourceKind[] Others = [Kinds.Deployments, Kinds.DaemonSets, Kinds.Services, Kinds.ConfigMaps, Kinds.HorizontalPodAutoscalers];

    private readonly CancellationTokenSource end = new();
    private readonly Lock guard = new();
    private readonly List<CanaryStatus> statuses = [];
    private readonly List<(string Route, string Weight)> routes = [];
    private readonly TestWorld world;
    private readonly Task watching;
    private TaskCompletionSource pulse = NewPulse();

    public TraceRecorder(TestWorld world)
    {
        this.world = world;
        watching = Task.WhenAll(
            [
                WatchAsync(TestWorld.Canaries, canary => statuses.Add(CanaryStatus.Parse(canary["status"]))),
                WatchAsync(TestWorld.VirtualServices, route => routes.Add((Notation.Route(route), Notation.Weight(route)))),
                .. Others.Select(kind => WatchAsync(kind, _ => { })),
            ]);
    }

    public string Phases => Read(() => Notation.List(statuses.Select(status => status.Phase.ToString())));

    public string Routes => Read(() => Notation.List(routes.Select(seen => seen.Route)));

    /// <summary>The candidate's weight in the route; where there is none, the one that the status tells.</summary>
    public string Weights => Read(() => Notation.List(routes.Count > 0
        ? routes.Select(seen => seen.Weight)
        : statuses.Select(status => $"{status.CanaryWeight.Percent}")));

    /// <summary>The first status from a place in their order on that is as wished, and its place; null where there is none yet.</summary>
    public Seen? Find(int from, Func<CanaryStatus, bool> wish) => Read(() =>
        statuses.FindIndex(from, status => wish(status)) is >= 0 and var place ? new Seen(place, statuses[place]) : null);

    /// <summary>Waits until something is there, looking again at every pulse; null when patience is at its end.</summary>
    public async Task<T?> UntilAsync<T>(Func<T?> look, TimeSpan patience)
        where T : class
    {
        using var patient = new CancellationTokenSource(patience);
        while (true)
        {
            var next = Volatile.Read(ref pulse).Task;
            if (look() is { } found)
                return found;
            try
            {
                await next.WaitAsync(patient.Token);
            }
            catch (OperationCanceledException)
            {
                return look();
            }
        }
    }

    public void Pulse() => Interlocked.Exchange(ref pulse, NewPulse()).TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await watching;
        end.Dispose();
    }

    private static TaskCompletionSource NewPulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WatchAsync(ResourceKind kind, Action<JsonObject> record)
    {
        try
        {
            await foreach (var change in world.Api.WatchAsync(kind, end.Token))
            {
                if (change.Object.Namespace != world.Namespace)
                    continue;
                lock (guard)
                    record(change.Object);
                Pulse();
            }
        }
        catch (OperationCanceledException)
        {
            // That is how the recording ends.
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (guard)
            return read();
    }

    /// <summary>A status and its place in the order of all.</summary>
    public sealed record Seen(int Place, CanaryStatus Status);
}
