using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Sandbox.Tests.ApiServer;

/// <summary>What a caller sees of each fault, and what is left of its request.</summary>
public sealed class RequestFaultsTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string Watch = $"{Maps}?watch=1&labelSelector=of%3Dtest";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_refused_write_is_told_why_and_not_carried_out_and_the_next_one_is()
    {
        await using ApiClient api = await StartAsync(
            Once(RequestFault.Conflict, RequestFault.InternalError, RequestFault.TooManyRequests(7), new RefusedRequest(503, "ServiceUnavailable", "not now")));
        foreach (var (code, reason) in ((HttpStatusCode, string)[])
            [(HttpStatusCode.Conflict, "Conflict"), (HttpStatusCode.InternalServerError, "InternalError")])
        {
            var (status, body) = await CreateAsync(api);
            (status, (string?)body["kind"], (string?)body["reason"], (int?)body["code"]).Should().Be((code, "Status", reason, (int)code));
        }

        using (HttpResponseMessage busy = await RawAsync(api))
        {
            busy.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
            busy.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(7));
            ((int?)JsonNode.Parse(await busy.Content.ReadAsStringAsync())!["details"]!["retryAfterSeconds"]).Should().Be(7);
        }

        (await CreateAsync(api)).Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        Stored(api).Should().BeFalse();
        (await CreateAsync(api)).Status.Should().Be(HttpStatusCode.Created);
        Stored(api).Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_leaves_the_write_undone_or_done_without_an_answer(bool carriedOut)
    {
        await using ApiClient api = await StartAsync(Once(carriedOut ? RequestFault.AnswerLost : RequestFault.ConnectionLost));
        Func<Task> create = () => CreateAsync(api);
        await create.Should().ThrowAsync<HttpRequestException>();
        Stored(api).Should().Be(carriedOut);
        (await CreateAsync(api)).Status.Should().Be(carriedOut ? HttpStatusCode.Conflict : HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_delayed_request_is_carried_out_when_its_time_has_passed_on_the_server_s_clock()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using ApiClient api = await StartAsync(new Chosen(_ =>
        {
            asked.TrySetResult();
            return new DelayedRequest(TimeSpan.FromHours(1));
        }), time);
        Task<(HttpStatusCode Status, JsonObject Body)> create = CreateAsync(api);
        await asked.Task.WaitAsync(Patience);
        Stored(api).Should().BeFalse();
        while (!create.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }
        (await create).Status.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_late_answer_is_that_of_a_write_long_done_and_comes_whole_to_who_waits_for_it()
    {
        var time = new FakeTimeProvider();
        await using ApiClient api = await StartAsync(Once(new LateAnswer(TimeSpan.FromHours(1))), time);
        using var end = new CancellationTokenSource(Patience);
        await using IAsyncEnumerator<ClusterEvent> watch = api.Cluster.WatchAsync(Kinds.ConfigMaps, end.Token).GetAsyncEnumerator(end.Token);
        Task<(HttpStatusCode Status, JsonObject Body)> create = CreateAsync(api);
        while (!Stored(api))
            (await watch.MoveNextAsync()).Should().BeTrue();
        create.IsCompleted.Should().BeFalse();
        while (!create.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }
        var (status, body) = await create;
        (status, (string?)body["metadata"]!["name"]).Should().Be((HttpStatusCode.Created, "map"));
    }

    [Fact]
    public async Task A_fault_is_told_when_it_comes_to_pass_and_one_that_never_does_is_not()
    {
        var faults = new Chosen(r => r.IsWatch ? new EndedWatch(1) : r.IsWrite ? RequestFault.AnswerLost : new StalledWatch(0));
        await using ApiClient api = await StartAsync(faults);
        Func<Task> create = () => CreateAsync(api);
        await create.Should().ThrowAsync<HttpRequestException>();
        await api.GetAsync(Maps);
        faults.Told.Should().Equal(RequestFault.AnswerLost);

        using var http = new HttpClient { BaseAddress = api.Server.Url };
        using var watch = new StreamReader(await http.GetStreamAsync($"{Watch}&resourceVersion={api.Cluster.Get(Kinds.ConfigMaps, "default", "map")!["metadata"]!["resourceVersion"]}"));
        faults.Told.Should().ContainSingle("nothing has happened yet that the watch could have ended after");
        Fill(api, 1);
        await watch.ReadToEndAsync().WaitAsync(Patience);
        faults.Told.Should().Equal(RequestFault.AnswerLost, new EndedWatch(1));
    }

    [Fact]
    public async Task A_delayed_write_of_a_caller_who_leaves_is_never_carried_out()
    {
        var asked = new TaskCompletionSource();
        await using ApiClient api = await StartAsync(new Chosen(request =>
        {
            asked.TrySetResult();
            return request.IsWrite ? new DelayedRequest(TimeSpan.FromHours(1)) : null;
        }), new FakeTimeProvider());
        using var left = new CancellationTokenSource();
        Task<HttpResponseMessage> create = RawAsync(api, left.Token);
        await asked.Task.WaitAsync(Patience);
        await left.CancelAsync();
        await create.Invoking(c => c).Should().ThrowAsync<OperationCanceledException>();
        Stored(api).Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_watch_ends_after_so_many_events_as_if_its_time_were_up(int events)
    {
        await using ApiClient api = await StartAsync(Watches(new EndedWatch(events)));
        Fill(api, 3);
        List<JsonObject> seen = [];
        await foreach (JsonObject change in api.WatchAsync(Watch))
            seen.Add(change);
        seen.Should().HaveCount(events);
    }

    [Fact]
    public async Task A_watch_may_break_instead_of_ending()
    {
        await using ApiClient api = await StartAsync(Watches(new EndedWatch(1, Cleanly: false)));
        Fill(api, 3);
        Func<Task> follow = async () =>
        {
            await foreach (JsonObject _ in api.WatchAsync(Watch))
            {
            }
        };
        (await follow.Should().ThrowAsync<Exception>()).Which.Should().Match(e => e is HttpRequestException || e is IOException);
    }

    [Fact]
    public async Task A_stalled_watch_tells_no_more_while_another_one_does()
    {
        int watches = 0;
        await using ApiClient api = await StartAsync(new Chosen(r => r.IsWatch && Interlocked.Increment(ref watches) == 1 ? new StalledWatch(1) : null));
        using var http = new HttpClient { BaseAddress = api.Server.Url };
        using var stalled = new StreamReader(await http.GetStreamAsync(Watch));
        Fill(api, 1);
        (await stalled.ReadLineAsync().WaitAsync(Patience)).Should().NotBeNull();
        using var left = new CancellationTokenSource();
        Task<string?> second = stalled.ReadLineAsync(left.Token).AsTask();

        using var other = new StreamReader(await http.GetStreamAsync(Watch));
        Fill(api, 3, from: 1);
        for (int i = 0; i < 3; i++)
            (await other.ReadLineAsync().WaitAsync(Patience)).Should().NotBeNull();
        second.IsCompleted.Should().BeFalse();
        await left.CancelAsync();
        await second.Invoking(s => s).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_fault_of_watches_leaves_other_requests_alone()
    {
        await using ApiClient api = await StartAsync(new Chosen(r => r.IsWrite ? new EndedWatch(0) : new StalledWatch(0)));
        (await CreateAsync(api)).Status.Should().Be(HttpStatusCode.Created);
        (await api.GetAsync($"{Maps}?labelSelector=of%3Dtest"))["items"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task The_sandbox_s_own_controllers_are_never_disturbed()
    {
        await using Sandbox sandbox = await Sandbox.StartAsync(
            new SandboxOptions { Faults = new Chosen(_ => RequestFault.InternalError) }, CancellationToken.None);
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(sandbox.ApiUrl, Maps))).StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        sandbox.Cluster.List(Kinds.Nodes).Should().ContainSingle();
    }

    private static Task<ApiClient> StartAsync(IRequestFaults faults, TimeProvider? time = null) =>
        ApiClient.StartAsync(new ApiServerOptions { Faults = faults, Time = time ?? TimeProvider.System });

    private static Chosen Once(params RequestFault[] faults)
    {
        var left = new Queue<RequestFault>(faults);
        return new(r => r.IsWrite && left.TryDequeue(out RequestFault? next) ? next : null);
    }

    private static Chosen Watches(RequestFault fault) => new(r => r.IsWatch ? fault : null);

    private static Task<(HttpStatusCode Status, JsonObject Body)> CreateAsync(ApiClient api) =>
        api.SendAsync(HttpMethod.Post, Maps, ApiClient.ConfigMap("map"));

    private static async Task<HttpResponseMessage> RawAsync(ApiClient api, CancellationToken cancellation = default)
    {
        using var http = new HttpClient { BaseAddress = api.Server.Url };
        using var content = new StringContent(ApiClient.ConfigMap("map").ToJsonString(), null, "application/json");
        return await http.PostAsync(Maps, content, cancellation);
    }

    private static bool Stored(ApiClient api) => api.Cluster.Get(Kinds.ConfigMaps, "default", "map") is not null;

    private static void Fill(ApiClient api, int upTo, int from = 0)
    {
        for (int i = from; i < upTo; i++)
            api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap($"map-{i}"));
    }

    private sealed class Chosen(Func<ApiRequest, RequestFault?> choose) : IRequestFaults
    {
        private readonly ConcurrentQueue<RequestFault> told = new();

        public IEnumerable<RequestFault> Told => told;

        public RequestFault? For(ApiRequest request) => choose(request);

        public void Met(ApiRequest request, RequestFault fault) => told.Enqueue(fault);
    }
}
