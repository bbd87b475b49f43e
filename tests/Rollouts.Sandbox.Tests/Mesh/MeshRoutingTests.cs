using System.Net;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Mesh;

namespace Rollouts.Sandbox.Tests.Mesh;

public sealed class MeshRoutingTests : IAsyncLifetime
{
    private readonly MeshScene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("podinfo-canary")]
    [InlineData("podinfo-canary.test")]
    [InlineData("podinfo-canary.test.svc")]
    [InlineData("podinfo-canary.test.svc.cluster.local")]
    [InlineData("PODINFO-canary.test:80")]
    public async Task A_Service_is_reached_by_each_of_its_names(string host) =>
        ((string?)(await _scene.AskAsync(host: host))["pod"]).Should().Be("canary-a");

    [Theory]
    [InlineData("podinfo-canary.elsewhere")]
    [InlineData("podinfo-canary.test.svc.other.domain")]
    [InlineData("nobody")]
    public async Task A_host_that_is_of_nobody_is_not_found(string host) =>
        (await _scene.SendAsync(host: host)).StatusCode.Should().Be(HttpStatusCode.NotFound);

    [Fact]
    public async Task The_pods_of_a_Service_take_turns() =>
        (await _scene.CountAsync(20)).Should().BeEquivalentTo(new Dictionary<string, int> { ["primary-a"] = 10, ["primary-b"] = 10 });

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(100)]
    public async Task A_VirtualService_splits_by_its_weights(int canary)
    {
        await _scene.RouteAsync(MeshObject.Split(100 - canary, canary));
        var share = (await _scene.CountAsync(1000)).GetValueOrDefault("canary-a") / 10.0;

        // Four standard deviations of a thousand draws; none at all at the ends.
        share.Should().BeApproximately(canary, 4 * Math.Sqrt(canary * (100 - canary) / 1000.0) + 1e-9);
    }

    [Fact]
    public async Task No_request_is_lost_while_the_weights_change()
    {
        await _scene.RouteAsync(MeshObject.Split(100, 0));
        using var done = new CancellationTokenSource();
        var requests = Enumerable.Range(0, 4).Select(async _ =>
        {
            var answered = 0;
            while (!done.IsCancellationRequested)
            {
                using var answer = await _scene.SendAsync();
                answer.StatusCode.Should().Be(HttpStatusCode.OK);
                answered++;
            }
            return answered;
        }).ToList();
        for (var i = 0; i < 100; i++)
            await _scene.RouteAsync(MeshObject.Split(100 - i, i));
        await done.CancelAsync();
        (await Task.WhenAll(requests)).Sum().Should().BeGreaterThan(100);
    }

    [Fact]
    public async Task After_a_rollback_nothing_more_reaches_the_canary()
    {
        await _scene.RouteAsync(MeshObject.Split(0, 100));
        await _scene.RouteAsync(MeshObject.Split(100, 0));
        (await _scene.CountAsync(50)).Should().NotContainKey("canary-a");
    }

    [Fact]
    public async Task A_Service_without_ready_pods_answers_503()
    {
        _scene.AddService("asleep");
        await MeshScene.UntilAsync(async () => (await _scene.SendAsync(host: "asleep")).StatusCode != HttpStatusCode.NotFound);
        var answer = await _scene.SendAsync(host: "asleep");
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).Should().Be("no healthy upstream");
    }

    [Fact]
    public async Task A_pod_that_refuses_the_connection_costs_no_request_while_another_is_ready()
    {
        await _scene.CrashAsync("primary-a");
        (await _scene.CountAsync(10)).Should().BeEquivalentTo(new Dictionary<string, int> { ["primary-b"] = 10 });
    }

    [Fact]
    public async Task A_deleted_VirtualService_leaves_the_plain_Service()
    {
        await _scene.RouteAsync(MeshObject.Split(0, 100));
        _scene.Cluster.Delete(IstioKinds.VirtualServices, "test", "podinfo");
        await MeshScene.UntilAsync(async () => (string?)(await _scene.AskAsync())["pod"] != "canary-a");
        (await _scene.CountAsync(10)).Should().NotContainKey("canary-a");
    }

    [Fact]
    public async Task A_pod_gets_no_request_once_it_is_no_endpoint_any_more()
    {
        _scene.Cluster.Update(Kinds.Endpoints, MeshObject.Endpoints("podinfo", ["primary-b"]));
        await MeshScene.UntilAsync(async () => (string?)(await _scene.AskAsync())["pod"] == "primary-b" && (string?)(await _scene.AskAsync())["pod"] == "primary-b");
        (await _scene.CountAsync(10)).Should().NotContainKey("primary-a");
    }

    [Fact]
    public async Task Path_host_query_and_headers_reach_the_pod_unchanged()
    {
        var seen = await _scene.AskAsync("/a%20b/c?x=1&y=2", change: request => request.Headers.Add("x-test", "yes"));
        ((string?)seen["path"], (string?)seen["host"], (string?)seen["headers"]?["x-test"]).Should().Be(("/a b/c?x=1&y=2", "podinfo", "yes"));
    }

    [Fact]
    public async Task A_body_reaches_the_pod()
    {
        var seen = await _scene.AskAsync(change: request => (request.Method, request.Content) = (HttpMethod.Post, new StringContent("hello")));
        ((string?)seen["body"], (string?)seen["method"]).Should().Be(("hello", "POST"));
    }

    [Fact]
    public async Task A_route_s_timeout_answers_504()
    {
        var asked = new TaskCompletionSource();
        _scene.Conduct["canary-a"] = async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        await _scene.RouteAsync(MeshObject.VirtualService("""[{"timeout":"50ms","route":[{"destination":{"host":"podinfo-canary"}}]}]"""));
        var answer = await _scene.SendAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        asked.Task.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task Answers_of_5xx_are_tried_again_only_where_the_route_says_so()
    {
        _scene.Conduct["primary-a"] = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await _scene.RouteAsync(MeshObject.VirtualService("""[{"retries":{"attempts":2,"retryOn":"5xx"},"route":[{"destination":{"host":"podinfo-primary"}}]}]"""));
        (await _scene.CountAsync(10)).Should().BeEquivalentTo(new Dictionary<string, int> { ["primary-b"] = 10 });

        await _scene.RouteAsync(MeshObject.VirtualService("""[{"route":[{"destination":{"host":"podinfo-primary"}}]}]"""));
        var codes = new[] { (await _scene.SendAsync()).StatusCode, (await _scene.SendAsync()).StatusCode };
        codes.Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.InternalServerError]);
    }

    [Fact]
    public async Task A_mirror_gets_a_copy_with_the_body_and_the_caller_the_answer_of_the_route()
    {
        var copied = new TaskCompletionSource<string>();
        _scene.Conduct["canary-a"] = async context => copied.TrySetResult(
            $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Host} {await new StreamReader(context.Request.Body).ReadToEndAsync()}");
        await _scene.RouteAsync(MeshObject.VirtualService(
            """[{"route":[{"destination":{"host":"podinfo-primary"}}],"mirror":{"host":"podinfo-canary"},"mirrorPercentage":{"value":100}}]"""));

        var seen = await _scene.AskAsync("/p?q=1", change: request => (request.Method, request.Content) = (HttpMethod.Put, new StringContent("cargo")));

        ((string?)seen["pod"]).Should().StartWith("primary-");
        ((string?)seen["body"]).Should().Be("cargo");
        (await copied.Task.WaitAsync(TimeSpan.FromSeconds(10))).Should().Be("PUT /p?q=1 podinfo-shadow cargo");
    }

    [Fact]
    public async Task A_mirror_of_some_percent_gets_about_that_share()
    {
        await _scene.RouteAsync(MeshObject.VirtualService(
            """[{"route":[{"destination":{"host":"podinfo-primary"}}],"mirror":{"host":"podinfo-canary"},"mirrorPercentage":{"value":30}}]"""));
        _scene.Arrived.Clear();
        (await _scene.CountAsync(400)).Should().NotContainKey("canary-a");
        int Copied() => _scene.Arrived.Count(arrived => arrived.Pod == "canary-a");

        // Four standard deviations of four hundred draws; copies may come later than the answers.
        await MeshScene.UntilAsync(() => Task.FromResult(Copied() >= 120 - 37));
        Copied().Should().BeLessThanOrEqualTo(120 + 37);
    }

    [Fact]
    public async Task A_test_of_two_versions_sends_those_with_the_header_or_the_cookie_to_the_canary_and_all_others_to_the_primary()
    {
        await _scene.RouteAsync(MeshObject.VirtualService(
            """
            [{"match":[{"headers":{"x-canary":{"exact":"insider"}}},{"headers":{"cookie":{"regex":"^(.*?;)?\\s*(canary=always)(;.*)?$"}}},{"queryParams":{"v":{"prefix":"2"}}}],
              "route":[{"destination":{"host":"podinfo-canary"},"weight":100,"headers":{"response":{"add":{"Set-Cookie":"canary=always; Max-Age=60"}}}},
                       {"destination":{"host":"podinfo-primary"},"weight":0}]},
             {"route":[{"destination":{"host":"podinfo-primary"},"weight":100},{"destination":{"host":"podinfo-canary"},"weight":0}]}]
            """));
        foreach (var (path, name, value) in new[] { ("/", "x-canary", "insider"), ("/", "Cookie", "a=b; canary=always"), ("/?v=2.1", "x-other", "1") })
        {
            using var answer = await _scene.SendAsync(path, change: request => request.Headers.Add(name, value));
            answer.Headers.GetValues("from-pod").Should().Equal("canary-a");
            answer.Headers.GetValues("Set-Cookie").Should().Equal("canary=always; Max-Age=60");
        }
        foreach (var (name, value) in new[] { ("x-canary", "outsider"), ("Cookie", "canary=never") })
        {
            using var answer = await _scene.SendAsync(change: request => request.Headers.Add(name, value));
            answer.Headers.GetValues("from-pod").Single().Should().StartWith("primary-");
            answer.Headers.Contains("Set-Cookie").Should().BeFalse();
        }
    }

    [Fact]
    public async Task A_mirror_of_no_percent_gets_nothing()
    {
        await _scene.RouteAsync(MeshObject.VirtualService(
            """[{"route":[{"destination":{"host":"podinfo-primary"}}],"mirror":{"host":"podinfo-canary"},"mirrorPercentage":{"value":0}}]"""));
        await _scene.CountAsync(20);
        _scene.Arrived.Should().NotContain(arrived => arrived.Pod == "canary-a");
    }

    [Fact]
    public async Task Headers_are_set_added_and_removed_both_ways()
    {
        await _scene.RouteAsync(MeshObject.VirtualService(
            """
            [{"headers":{"request":{"set":{"a":"1"},"add":{"b":"2"},"remove":["c"]}},
              "route":[{"destination":{"host":"podinfo-canary"},"headers":{"response":{"add":{"Set-Cookie":"v=1"},"remove":["from-pod"]}}}]}]
            """));
        using var answer = await _scene.SendAsync(change: request =>
        {
            foreach (var name in new[] { "a", "b", "c" })
                request.Headers.Add(name, "0");
        });
        var headers = MeshObject.Parse(await answer.Content.ReadAsStringAsync())["headers"];
        ((string?)headers?["a"], (string?)headers?["b"], (string?)headers?["c"]).Should().Be(("1", "0, 2", null));
        answer.Headers.GetValues("Set-Cookie").Should().Equal("v=1");
        answer.Headers.Contains("from-pod").Should().BeFalse();
    }
}
