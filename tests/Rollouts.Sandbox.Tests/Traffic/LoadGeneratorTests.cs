using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Tests.Mesh;
using Rollouts.Sandbox.Traffic;

namespace Rollouts.Sandbox.Tests.Traffic;

public sealed class LoadGeneratorTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _hang = new();
    private RequestDelegate _answer = _ => Task.CompletedTask;
    private LoopbackServer? _server;
    private LoadGenerator? _load;

    public async Task InitializeAsync() => _server = await LoopbackServer.StartAsync(0, context => _answer(context), CancellationToken.None);

    public async Task DisposeAsync()
    {
        _hang.TrySetResult();
        if (_load is not null)
            await _load.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Fact]
    public async Task Requests_leave_at_the_rate_with_the_host()
    {
        var hosts = new System.Collections.Concurrent.ConcurrentQueue<string>();
        _answer = context =>
        {
            hosts.Enqueue(context.Request.Host.Value ?? "");
            return Task.CompletedTask;
        };
        Start(rate: 10);
        await AdvanceAsync(TimeSpan.FromSeconds(3));
        var report = await UntilAsync(read => read.Ok == 30);
        (report.Sent, report.Failed).Should().Be((30, 0));
        hosts.Should().HaveCount(30).And.AllBe("podinfo");
    }

    [Fact]
    public async Task Slow_answers_do_not_slow_the_load()
    {
        _answer = _ => _hang.Task;
        Start(rate: 10);
        await AdvanceAsync(TimeSpan.FromSeconds(2));
        var report = await UntilAsync(read => read.Sent == 20);
        (report.InFlight, report.Ok, report.Failed).Should().Be((20, 0, 0));
        report.SuccessRate.Should().BeNull();
    }

    [Fact]
    public async Task What_there_is_no_room_for_counts_as_failed()
    {
        _answer = _ => _hang.Task;
        Start(rate: 10, options => options with { MaxInFlight = 3 });
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        var report = await UntilAsync(read => read.Sent == 10);
        (report.InFlight, report.Failed, report.Failures[Failure.Overflow]).Should().Be((3, 7, 7));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_counts_as_failed()
    {
        var asked = 0;
        _answer = _ =>
        {
            Interlocked.Increment(ref asked);
            return _hang.Task;
        };
        Start(rate: 2, options => options with { Timeout = TimeSpan.FromSeconds(1) });
        await AdvanceAsync(TimeSpan.FromMilliseconds(500));
        await MeshScene.UntilAsync(() => Task.FromResult(Volatile.Read(ref asked) == 1));
        await AdvanceAsync(TimeSpan.FromMilliseconds(1000));
        var report = await UntilAsync(read => read.Failures.GetValueOrDefault(Failure.Timeout) == 1);
        report.Failed.Should().Be(1);
    }

    [Theory]
    [InlineData(500, Failure.ServerError)]
    [InlineData(503, Failure.ServerError)]
    [InlineData(404, Failure.ClientError)]
    [InlineData(200, null)]
    [InlineData(302, null)]
    public async Task An_answer_counts_by_its_status(int status, Failure? failure)
    {
        _answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        Start(rate: 1);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        var report = await UntilAsync(read => read.InFlight == 0 && read.Sent == 1);
        report.Failures.Keys.Should().Equal(failure is { } expected ? [expected] : []);
        report.SuccessRate.Should().Be(failure is null ? 1 : 0);
    }

    [Fact]
    public async Task A_refused_connection_counts_as_failed()
    {
        Start(rate: 1);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        (await UntilAsync(read => read.Failed == 1)).Failures.Should().ContainKey(Failure.Connection);
    }

    [Fact]
    public async Task Answers_count_for_the_version_in_their_JSON_or_their_header()
    {
        var n = 0;
        _answer = context =>
        {
            var turn = Interlocked.Increment(ref n);
            context.Response.StatusCode = turn == 1 ? 500 : 200;
            if (turn == 3)
                context.Response.Headers["x-app-version"] = "blue";
            return turn switch
            {
                1 or 2 => context.Response.WriteAsJsonAsync(new { version = "green" }),
                4 => context.Response.WriteAsync("no JSON"),
                _ => Task.CompletedTask,
            };
        };
        Start(rate: 1);
        for (var i = 1; i <= 4; i++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(1));
            await UntilAsync(read => read.InFlight == 0 && read.Sent == i);
        }
        var versions = _load?.Read().Versions.ToDictionary(version => version.Key, version => (version.Value.Ok, version.Value.Failed));
        versions.Should().BeEquivalentTo(new Dictionary<string, (long, long)> { ["green"] = (1, 1), ["blue"] = (1, 0), ["unknown"] = (1, 0) });
    }

    [Fact]
    public async Task Each_second_is_counted_for_itself_and_a_window_reports_the_last_ones()
    {
        Start(rate: 1);
        for (var i = 1; i <= 5; i++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(1));
            await UntilAsync(read => read.Ok == i);
        }
        _load?.Read().Seconds.Should().Equal(Enumerable.Range(1, 5).Select(second => new SecondOfTraffic(second, 1, 1, 0)));
        _load?.Read(TimeSpan.FromSeconds(2)).Should().Match<TrafficReport>(report => report.Ok == 3 && report.Latency.Count == 3);
    }

    [Fact]
    public async Task A_new_rate_takes_effect_at_once_and_zero_pauses()
    {
        Start(rate: 0.001);
        _load?.SetRate(10);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await UntilAsync(read => read.Ok == 10);
        _load?.SetRate(0);
        await AdvanceAsync(TimeSpan.FromMinutes(10));
        (_load?.Read().Sent).Should().Be(10);
    }

    [Fact]
    public void A_negative_rate_is_refused()
    {
        Start(rate: 0);
        _load?.Invoking(load => load.SetRate(-1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task The_end_of_the_load_waits_for_what_is_on_its_way()
    {
        _answer = _ => _hang.Task;
        Start(rate: 1);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await UntilAsync(read => read.InFlight == 1);
        var ended = _load?.DisposeAsync().AsTask() ?? Task.CompletedTask;
        ended.IsCompleted.Should().BeFalse();
        _hang.SetResult();
        await ended;
        (_load?.Read().Ok).Should().Be(1);
        _load = null;
    }

    private void Start(double rate, Func<LoadOptions, LoadOptions>? change = null)
    {
        var options = new LoadOptions
        {
            Target = _server?.Url ?? throw new InvalidOperationException(),
            Host = "podinfo",
            Rate = rate,
            Timeout = TimeSpan.FromHours(1),
            TimeProvider = _time,
        };
        _load = LoadGenerator.Start(change?.Invoke(options) ?? options);
    }

    /// <summary>Moves the clock once the generator waits for it.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        await MeshScene.UntilAsync(() => Task.FromResult(_load?.IsWaiting ?? false));
        _time.Advance(by);
    }

    private async Task<TrafficReport> UntilAsync(Func<TrafficReport, bool> condition)
    {
        await MeshScene.UntilAsync(() => Task.FromResult(condition(_load?.Read() ?? throw new InvalidOperationException())));
        return _load?.Read() ?? throw new InvalidOperationException();
    }
}
