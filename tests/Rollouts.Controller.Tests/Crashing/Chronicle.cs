using System.Globalization;
using Rollouts.Controller.Tests.Traces;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>Every route and every place in a run's program that a namespace has been at, in order and without repeats.</summary>
internal sealed class Chronicle : IAsyncDisposable
{
    private const string Gone = "gone";

    private readonly CancellationTokenSource end = new();
    private readonly Lock guard = new();
    private readonly List<Entry> routes = [];
    private readonly List<Entry> places = [];
    private readonly HashSet<string> told = [];
    private readonly Task watching;
    private TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Chronicle(TestNamespace world)
        : this(world, [], [])
    {
    }

    private Chronicle(TestNamespace world, IEnumerable<Entry> routesBefore, IEnumerable<Entry> placesBefore)
    {
        routes.AddRange(routesBefore);
        places.AddRange(placesBefore);
        watching = Task.WhenAll(
            WatchAsync(world, TestWorld.VirtualServices, change =>
            {
                Weight = TestWorld.WeightOf(change.Object);
                routes.Add(new Entry(Revision(change), Notation.Route(change.Object)));
            }),
            WatchAsync(world, TestWorld.Canaries, change =>
            {
                Status = CanaryStatus.Parse(change.Object["status"]);
                places.Add(new Entry(Revision(change), change.Type == "DELETED" ? Gone : Place(Status)));
            }),
            WatchAsync(world, Kinds.Events, change => told.Add(change.Object.Text("message") ?? "")));
    }

    public string Routes => Notation.List(routes.Select(entry => entry.Text));

    public string Places => Notation.List(places.Select(entry => entry.Text));

    public CanaryStatus Status { get; private set; } = CanaryStatus.None;

    /// <summary>The candidate's in the route.</summary>
    public int? Weight { get; private set; }

    /// <summary>Whether there is an Event of the last thing that happened.</summary>
    public bool IsTold => Status.Journal.Count == 0 || told.Contains(Status.Journal[^1].Message);

    public bool IsGone => places is [.., { Text: Gone }];

    /// <summary>What was written down up to a revision of the cluster, gone on with in a cluster that was restored from it.</summary>
    public Chronicle GoOn(TestNamespace world, long revision) =>
        new(world, routes.Where(entry => entry.Revision <= revision), places.Where(entry => entry.Revision <= revision));

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

    private static long Revision(ClusterEvent change) => long.Parse(change.Object.ResourceVersion ?? "", CultureInfo.InvariantCulture);

    private async Task WatchAsync(TestNamespace world, ResourceKind kind, Action<ClusterEvent> record)
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

    private sealed record Entry(long Revision, string Text);
}
