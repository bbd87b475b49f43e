using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Tests.Doubles;
using static Rollouts.Kubernetes.Tests.Doubles.Objects;

namespace Rollouts.Kubernetes.Tests.Client;

public class ClusterClientTests
{
    [Fact]
    public async Task An_object_is_read_with_the_fields_that_nobody_here_knows()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Json(ConfigMap("a", 1)));
        using var client = server.Client();

        var found = await client.GetAsync(ConfigMaps, "shop", "a", default);

        found.Text("data", "text").Should().Be("at 1");
        server.Requests.Single().Target.Should().Be("/api/v1/namespaces/shop/configmaps/a");
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_null_but_a_kind_that_is_not_there_is_an_error()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Status(404, "NotFound"),
            Answers.Text(404, "404 page not found\n"));
        using var client = server.Client();

        (await client.GetAsync(Canaries, "shop", "a", default)).Should().BeNull();
        var unknown = () => client.GetAsync(Canaries, "shop", "a", default);

        (await unknown.Should().ThrowAsync<ClusterException>()).Which.Reason.Should().Be(ClusterReasons.UnknownResource);
    }

    [Fact]
    public async Task Credentials_user_agent_and_field_manager_go_with_a_write()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Json(ConfigMap("a", 2), 201));
        using var client = server.Client(configure: configuration => configuration.AccessToken = "secret");

        await client.CreateAsync(ConfigMaps, ConfigMap("a", 1), default);

        var request = server.Requests.Single();
        request.Headers["Authorization"].Should().Be("Bearer secret");
        request.Headers["User-Agent"].Should().StartWith("rollouts/");
        request.Target.Should().Be("/api/v1/namespaces/shop/configmaps?fieldManager=rollouts");
    }

    [Theory]
    [InlineData(PatchKind.Merge, "application/merge-patch+json")]
    [InlineData(PatchKind.Json, "application/json-patch+json")]
    [InlineData(PatchKind.Strategic, "application/strategic-merge-patch+json")]
    public async Task A_patch_says_how_it_is_to_be_read(PatchKind kind, string contentType)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Json(ConfigMap("a", 2)));
        using var client = server.Client();

        await client.PatchAsync(Canaries, new ResourceKey("shop", "a"), new ObjectPatch(kind, new JsonObject { ["x"] = 1 }), "status", default);

        var request = server.Requests.Single();
        request.Method.Should().Be("PATCH");
        request.Target.Should().Be("/apis/rollouts.dev/v1beta1/namespaces/shop/canaries/a/status?fieldManager=rollouts");
        request.Headers["Content-Type"].Should().Be(contentType);
        request.Body.Should().Be("""{"x":1}""");
    }

    [Fact]
    public async Task A_refusal_carries_the_code_and_reason_and_is_not_tried_again()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Status(409, "Conflict", "the object has been modified"),
            Answers.Json(ConfigMap("a", 2)));
        using var client = server.Client();

        var write = () => client.ReplaceAsync(ConfigMaps, ConfigMap("a", 1), null, default);

        var refusal = (await write.Should().ThrowAsync<ClusterException>()).Which;
        (refusal.Code, refusal.Reason, refusal.Message).Should().Be((409, "Conflict", "the object has been modified"));
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Too_many_requests_is_waited_out_for_as_long_as_the_server_asks()
    {
        var time = new WatchedTime();
        await using var server = await ScriptedServer.StartAsync(
            Answers.Throttled("1"),
            Answers.Throttled("7"),
            Answers.Json(ConfigMap("a", 2)));
        using var client = server.Client(time: time);

        var write = client.ReplaceAsync(ConfigMaps, ConfigMap("a", 1), null, default);
        await time.PassAsync(TimeSpan.FromSeconds(1));
        await time.PassAsync(TimeSpan.FromSeconds(7));

        (await write).ResourceVersion.Should().Be("2");
        server.Requests.Should().HaveCount(3).And.AllSatisfy(request => request.Json.ResourceVersion.Should().Be("1"));
    }

    [Fact]
    public async Task Throttling_without_a_time_or_with_an_endless_one_goes_to_the_caller()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Status(429, "TooManyRequests"),
            Answers.Throttled("3600"));
        using var client = server.Client();

        var write = () => client.ReplaceAsync(ConfigMaps, ConfigMap("a", 1), null, default);

        (await write.Should().ThrowAsync<ClusterException>()).Which.Code.Should().Be(429);
        (await write.Should().ThrowAsync<ClusterException>()).Which.Code.Should().Be(429);
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Throttling_is_waited_out_only_so_often()
    {
        await using var server = await ScriptedServer.StartAsync([.. Enumerable.Repeat(Answers.Throttled("0"), 10)]);
        using var client = server.Client(new ClusterClientOptions { ThrottledRetries = 2 });

        var write = () => client.ReplaceAsync(ConfigMaps, ConfigMap("a", 1), null, default);

        (await write.Should().ThrowAsync<ClusterException>()).Which.Code.Should().Be(429);
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_unreachable_and_not_sent_again()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Reset, Answers.Json(ConfigMap("a", 2)));
        using var client = server.Client();

        var write = () => client.ReplaceAsync(ConfigMaps, ConfigMap("a", 1), null, default);

        var failure = (await write.Should().ThrowAsync<ClusterException>()).Which;
        (failure.Code, failure.Reason).Should().Be((0, ClusterReasons.Unreachable));
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task A_body_that_never_comes_ends_with_the_requests_time(int code)
    {
        var time = new WatchedTime();
        var headSent = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.StatusCode = code;
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            headSent.SetResult();
            await Answers.Silence(context);
        });
        using var client = server.Client(time: time);

        var read = client.GetAsync(ConfigMaps, "shop", "a", default);
        await headSent.Task;
        time.Advance(TimeSpan.FromSeconds(30));

        var failure = (await FluentActions.Awaiting(() => read).Should().ThrowAsync<ClusterException>()).Which;
        failure.Reason.Should().Be(ClusterReasons.Timeout);
    }

    [Fact]
    public async Task Cancelling_is_not_mistaken_for_a_slow_server()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            await cancellation.CancelAsync();
            await Answers.Silence(context);
        });
        using var client = server.Client();

        var read = () => client.GetAsync(ConfigMaps, "shop", "a", cancellation.Token);

        await read.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_undecodable()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Text(200, "<html>"), Answers.Text(200, "[]"));
        using var client = server.Client();

        var read = () => client.GetAsync(ConfigMaps, "shop", "a", default);

        (await read.Should().ThrowAsync<ClusterException>()).Which.Reason.Should().Be(ClusterReasons.Undecodable);
        (await read.Should().ThrowAsync<ClusterException>()).Which.Reason.Should().Be(ClusterReasons.Undecodable);
    }

    [Fact]
    public async Task A_delete_may_be_bound_to_a_uid_and_says_whether_there_was_anything()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Json(new JsonObject { ["kind"] = "Status", ["status"] = "Success" }),
            Answers.Status(404, "NotFound"));
        using var client = server.Client();
        var key = new ResourceKey("shop", "a");

        (await client.DeleteAsync(ConfigMaps, key, "u-1", default)).Should().BeTrue();
        (await client.DeleteAsync(ConfigMaps, key, null, default)).Should().BeFalse();

        server.Requests.First().Json.Text("preconditions", "uid").Should().Be("u-1");
        server.Requests.Last().Json.ContainsKey("preconditions").Should().BeFalse();
    }

    [Fact]
    public async Task An_empty_name_never_addresses_the_whole_collection()
    {
        await using var server = await ScriptedServer.StartAsync();
        using var client = server.Client();

        var delete = () => client.DeleteAsync(ConfigMaps, new ResourceKey("shop", ""), null, default);

        await delete.Should().ThrowAsync<ArgumentException>();
        server.Requests.Should().BeEmpty();
    }
}
