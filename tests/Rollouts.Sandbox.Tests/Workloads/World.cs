using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads;

namespace Rollouts.Sandbox.Tests.Workloads;

/// <summary>A cluster with its workload controllers running. Where time is fake, waiting for something makes it pass.</summary>
internal sealed class World : IAsyncDisposable
{
    // Real time, for a machine that is very busy: whoever waits so long has found a fault.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider? fake;

    public World(WorkloadOptions options)
    {
        fake = options.Time as FakeTimeProvider;
        Cluster = new Cluster(options.Time, seed: 1, historyLength: 10_000);
        Cluster.Create(Kinds.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default" } });
        Controllers = WorkloadControllers.Start(Cluster, options);
    }

    public Cluster Cluster { get; }

    public WorkloadControllers Controllers { get; }

    public ValueTask DisposeAsync() => Controllers.DisposeAsync();

    /// <summary>Waits until an object is such; the last state of it where it never is.</summary>
    public async Task<JsonObject> Until(ResourceKind kind, string name, Func<JsonObject, bool> holds)
    {
        JsonObject? last = null;
        await Until(kind, () => (last = Cluster.Get(kind, "default", name)) is not null && holds(last), () => last?.ToJsonString() ?? "none");
        return last!;
    }

    public async Task<IReadOnlyList<JsonObject>> UntilAll(ResourceKind kind, Func<IReadOnlyList<JsonObject>, bool> holds)
    {
        IReadOnlyList<JsonObject> last = [];
        await Until(kind, () => holds(last = Cluster.List(kind)), () => string.Join('\n', last.Select(o => o.ToJsonString())));
        return last;
    }

    private async Task Until(ResourceKind kind, Func<bool> holds, Func<string> last)
    {
        using var end = new CancellationTokenSource(Patience);
        Task clock = fake is null ? Task.CompletedTask : RunClockAsync(fake, end.Token);
        try
        {
            if (holds())
                return;
            await foreach (ClusterEvent _ in Cluster.WatchAsync(kind, end.Token))
                if (holds())
                    return;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It never came about; the last seen was {last()}");
        }
        finally
        {
            await end.CancelAsync();
            await clock;
        }
    }

    // Real moments let the controllers act between the fake ones, so that fake time does not run away from them.
    private static async Task RunClockAsync(FakeTimeProvider fake, CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        try
        {
            while (await ticks.WaitForNextTickAsync(cancellation))
                fake.Advance(TimeSpan.FromMilliseconds(50));
        }
        catch (OperationCanceledException)
        {
            // What was waited for is there.
        }
    }
}
