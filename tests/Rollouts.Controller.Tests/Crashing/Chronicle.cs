using Rollouts.Controller.Tests.Traces;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>Every route and every place in a run's program that a namespace has been at, in order and without repeats.</summary>
internal sealed class Chronicle : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly Lock guard = new();
    private readonly List<string> routes = [];
    private readonly List<string> places = [];
    private readonly Task watching;
    private TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Chronicle(TestWorld world) => watching = Task.WhenAll(
        WatchAsync(world, TestWorld.VirtualServices, change =>
        {
            Weight = TestWorld.WeightOf(change.Object);
            routes.Add(Notation.Route(change.Object));
        }),
        WatchAsync(world, TestWorld.Canaries, change =>
        {
            Status = CanaryStatus.Parse(change.Object["status"]);
            IsGone = change.Type == "DELETED";
            places.Add(IsGone ? "gone" : Place(Status));
        }));

    public string Routes => Notation.List(routes);

    public string Places => Notation.List(places);

    public CanaryStatus Status { get; private set; } = CanaryStatus.None;

    /// <summary>The candidate's in the route.</summary>
    public int? Weight { get; private set; }

    public bool IsGone { get; private set; }

    /// <summary>Waits until what was written down is as wished; nothing is being written while that is asked.</summary>
    public async Task UntilAsync(Func<Chronicle, bool> wish)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            Task next;
            lock (guard)
            {
                if (wish(this))
                    return;
                next = news.Task;
            }
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"It never came to its end. Routes: {Routes}. Places: {Places}. Last: {Status.Message} {Status.ToJson()}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await watching;
        end.Dispose();
    }

    private static string Place(CanaryStatus status) => status.Run is { } run
        ? $"{status.Phase} run {run.Id} step {run.Step} at {run.Split.Candidate} copies {run.Mirrored} failed {status.FailedChecks}{Cookies(status)}"
        : $"{status.Phase}";

    private static string Cookies(CanaryStatus status) =>
        string.Concat(new[] { (status.Cookies.Candidate, " sticky"), (status.Cookies.Previous, " taken back") }.Where(cookie => cookie.Item1 is not null).Select(cookie => cookie.Item2));

    private async Task WatchAsync(TestWorld world, ResourceKind kind, Action<ClusterEvent> record)
    {
        try
        {
            await foreach (var change in world.Api.WatchAsync(kind, end.Token))
            {
                if (change.Object.Namespace != world.Namespace)
                    continue;
                lock (guard)
                {
                    record(change);
                    news.TrySetResult();
                    news = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // That is how the chronicle ends.
        }
    }
}
