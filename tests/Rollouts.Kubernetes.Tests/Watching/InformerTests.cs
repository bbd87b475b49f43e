using Microsoft.AspNetCore.Http;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Tests.Doubles;
using Rollouts.Kubernetes.Timing;
using Rollouts.Kubernetes.Watching;
using static Rollouts.Kubernetes.Tests.Doubles.Objects;

namespace Rollouts.Kubernetes.Tests.Watching;

public class InformerTests
{
    private static readonly Func<HttpContext, Task> OpenWatch = Answers.Stream([], Answers.Silence);

    [Fact]
    public async Task It_lists_once_and_then_resumes_where_the_watch_ended()
    {
        await using var run = await RunAsync(
            Answers.Json(List(10, null, ConfigMap("a", 1))),
            Answers.Stream([Line("MODIFIED", ConfigMap("a", 11)), BookmarkLine(15)]),
            Answers.Stream([Line("ADDED", ConfigMap("b", 16))], Answers.Silence));

        await run.ToldAsync("b");

        run.Targets.Should().SatisfyRespectively(
            list => list.Should().Be("/api/v1/configmaps?limit=500"),
            watch => watch.Should().Contain("resourceVersion=10&"),
            watch => watch.Should().Contain("resourceVersion=15&"));
        run.Told.Should().Equal("a ->1", "a 1>11", "b ->16");
    }

    [Fact]
    public async Task It_is_synced_with_the_first_whole_list_and_not_before()
    {
        await using var run = await RunAsync(Answers.Status(500, "InternalError"), Answers.Json(List(10, null, ConfigMap("a", 1))), OpenWatch);
        var backoff = await run.Time.BegunAsync(IsBackoff);
        run.Informer.HasSynced.Should().BeFalse();

        run.Time.Advance(backoff);
        await run.Informer.WaitForSyncAsync(default);

        run.Informer.HasSynced.Should().BeTrue();
        run.Informer.Store.Count.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task It_lists_again_when_events_may_be_missing(string _, Func<HttpContext, Task> watch)
    {
        await using var run = await RunAsync(
            Answers.Json(List(10, null, ConfigMap("a", 1), ConfigMap("b", 2))),
            watch,
            Answers.Json(List(20, null, ConfigMap("a", 12), ConfigMap("c", 13))),
            OpenWatch);

        run.Time.Advance(await run.Time.BegunAsync(IsBackoff));
        await run.ToldAsync("c");

        run.Informer.Store.All().Select(obj => obj.Name).Should().BeEquivalentTo("a", "c");
        run.Told.Should().Contain("b 2>-");
    }

    public static TheoryData<string, Func<HttpContext, Task>> Losses() => new()
    {
        { "410 in the stream", Answers.Stream([ErrorLine(410, "Expired")]) },
        { "410 as a status", Answers.Status(410, "Expired") },
        { "a version from the future, after a restore", Answers.Status(504, "Timeout", "Too large resource version: 10, current: 3") },
        { "an event that cannot be read", Answers.Stream(["{\"type\":\"ADDED\",\"object\":7}\n"], Answers.Silence) },
        { "a version that went back", Answers.Stream([Line("ADDED", ConfigMap("x", 3)), Line("ADDED", ConfigMap("y", 4))], Answers.Silence) },
        { "an error of the server", Answers.Stream([ErrorLine(500, "InternalError")]) },
    };

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task It_resumes_without_a_list_when_the_line_was_cut(string _, Func<HttpContext, Task> watch)
    {
        await using var run = await RunAsync(
            Answers.Json(List(10, null, ConfigMap("a", 1))),
            watch,
            Answers.Stream([Line("ADDED", ConfigMap("b", 21))], Answers.Silence));

        run.Time.Advance(await run.Time.BegunAsync(IsBackoff));
        await run.ToldAsync("b");

        run.Targets.Last().Should().Contain("watch=true").And.MatchRegex("resourceVersion=1[01]&");
    }

    public static TheoryData<string, Func<HttpContext, Task>> Interruptions() => new()
    {
        { "within an event", Answers.Stream([Line("MODIFIED", ConfigMap("a", 11)), "{\"type\":"], Answers.Reset) },
        { "before the head", Answers.Reset },
        { "too many requests", Answers.Status(429, "TooManyRequests") },
        { "closed at once", Answers.Stream([]) },
    };

    [Fact]
    public async Task It_lists_again_when_the_watch_fell_silent()
    {
        await using var run = await RunAsync(
            Answers.Json(List(10, null)),
            OpenWatch,
            Answers.Json(List(5, null, ConfigMap("b", 4))),
            OpenWatch);

        await run.Time.PassAsync(TimeSpan.FromSeconds(150));
        run.Time.Advance(await run.Time.BegunAsync(IsBackoff));

        await run.ToldAsync("b");
    }

    [Fact]
    public async Task Asked_to_list_again_it_does_at_once_and_says_when_it_has()
    {
        await using var run = await RunAsync(
            Answers.Json(List(10, null, ConfigMap("a", 1))),
            Answers.Stream([Line("ADDED", ConfigMap("w", 11))], Answers.Silence),
            Answers.Json(List(20, null, ConfigMap("a", 12))),
            Answers.Stream([Line("ADDED", ConfigMap("b", 21))], Answers.Silence));
        await run.ToldAsync("w");

        await run.Informer.ListAgainAsync(default);

        run.Informer.Store.All().Should().ContainSingle().Which.ResourceVersion.Should().Be("12");
        await run.ToldAsync("b");
        run.Targets.Last().Should().Contain("resourceVersion=20&");
    }

    [Fact]
    public async Task A_list_that_was_asked_for_and_fails_is_not_taken_for_done()
    {
        await using var run = await RunAsync(
            Answers.Json(List(10, null)),
            Answers.Stream([Line("ADDED", ConfigMap("w", 11))], Answers.Silence),
            Answers.Status(500, "InternalError"),
            Answers.Json(List(20, null, ConfigMap("b", 12))),
            OpenWatch);
        await run.ToldAsync("w");

        var listed = run.Informer.ListAgainAsync(default);
        var backoff = await run.Time.BegunAsync(IsBackoff);
        listed.IsCompleted.Should().BeFalse();
        run.Time.Advance(backoff);
        await listed;

        run.Informer.Store.All().Should().ContainSingle().Which.Name.Should().Be("b");
    }

    [Fact]
    public async Task It_waits_longer_with_every_failure_and_short_again_after_a_success()
    {
        await using var run = await RunAsync(
            Answers.Status(403, "Forbidden"),
            Answers.Reset,
            Answers.Status(500, "InternalError"),
            Answers.Json(List(10, null)),
            Answers.Stream([Line("ADDED", ConfigMap("b", 21)), ErrorLine(410, "Expired")]),
            Answers.Json(List(30, null, ConfigMap("c", 22))),
            OpenWatch);

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            waits.Add(await run.Time.BegunAsync(IsBackoff));
            run.Time.Advance(waits[^1]);
        }

        await run.ToldAsync("c");
        double[] full = [8, 16, 32, 8];
        waits.Zip(full).Should().AllSatisfy(wait => wait.First.TotalSeconds.Should().BeInRange(wait.Second / 2, wait.Second));
    }

    [Fact]
    public async Task A_function_of_ours_that_throws_does_not_end_it()
    {
        var bugs = 1;
        await using var run = await RunAsync(
            new InformerOptions
            {
                Backoff = new Backoff(TimeSpan.FromSeconds(8), TimeSpan.FromMinutes(2)),
                Trim = _ =>
                {
                    if (bugs-- > 0)
                        throw new InvalidOperationException("a bug");
                },
            },
            Answers.Json(List(10, null, ConfigMap("a", 1))),
            Answers.Json(List(11, null, ConfigMap("a", 1))),
            OpenWatch);

        run.Time.Advance(await run.Time.BegunAsync(IsBackoff));

        await run.ToldAsync("a");
    }

    [Fact]
    public async Task It_ends_with_its_token_and_with_nothing_else()
    {
        var run = await RunAsync(Answers.Json(List(10, null)), OpenWatch);
        await run.Informer.WaitForSyncAsync(default);
        run.Running.IsCompleted.Should().BeFalse();

        await run.DisposeAsync();

        run.Running.IsCanceled.Should().BeTrue();
    }

    [Fact]
    public async Task Waiting_for_the_first_list_can_be_given_up()
    {
        await using var run = await RunAsync(Answers.Silence);
        using var cancellation = new CancellationTokenSource();
        var waiting = run.Informer.WaitForSyncAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>4 to 120 s; no other wait of client and informer is that long and none of them is 30 s, the request's time.</summary>
    private static bool IsBackoff(TimeSpan due) => due >= TimeSpan.FromSeconds(4) && due != TimeSpan.FromSeconds(30) && due < TimeSpan.FromSeconds(121);

    private static Task<Run> RunAsync(params Func<HttpContext, Task>[] script) =>
        RunAsync(new InformerOptions { Backoff = new Backoff(TimeSpan.FromSeconds(8), TimeSpan.FromMinutes(2)), Seed = 7 }, script);

    private static async Task<Run> RunAsync(InformerOptions options, params Func<HttpContext, Task>[] script) =>
        new(await ScriptedServer.StartAsync(script), options);

    private sealed class Run : IAsyncDisposable
    {
        private readonly ScriptedServer _server;
        private readonly Rollouts.Kubernetes.Client.ClusterClient _client;
        private readonly CancellationTokenSource _stop = new();
        private readonly System.Threading.Channels.Channel<string> _news = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public Run(ScriptedServer server, InformerOptions options)
        {
            _server = server;
            _client = server.Client(time: Time);
            Informer = new Informer(_client, ConfigMaps, options, Time);
            Informer.Subscribe(change =>
            {
                Told.Add($"{change.Key.Name} {change.Old?.ResourceVersion ?? "-"}>{change.New?.ResourceVersion ?? "-"}");
                _news.Writer.TryWrite(change.Key.Name);
            });
            Running = Informer.RunAsync(_stop.Token);
        }

        public WatchedTime Time { get; } = new();

        public Informer Informer { get; }

        public Task Running { get; }

        public List<string> Told { get; } = [];

        public IEnumerable<string> Targets => _server.Requests.Select(request => request.Target);

        /// <summary>Waits until a change of that object is told.</summary>
        public async Task ToldAsync(string name)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (await _news.Reader.ReadAsync(limit.Token) != name)
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Running.ContinueWith(_ => { }, TaskScheduler.Default);
            _client.Dispose();
            await _server.DisposeAsync();
            _stop.Dispose();
        }
    }
}
