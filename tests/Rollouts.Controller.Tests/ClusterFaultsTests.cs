using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Controller.Tests;

/// <summary>What the controller's client makes of an API server that fails.</summary>
public sealed class ClusterFaultsTests : IAsyncDisposable
{
    private static readonly ResourceType Maps = new("", "v1", "configmaps", "ConfigMap");

    private readonly EmptyCluster cluster = new();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Theory]
    [InlineData(409, "Conflict")]
    [InlineData(500, "InternalError")]
    public async Task A_refusal_is_told_with_its_reason_and_nothing_is_written(int code, string reason)
    {
        using var client = await StartAsync(code == 409 ? RequestFault.Conflict : RequestFault.InternalError);
        var refusal = (await client.Invoking(CreateAsync).Should().ThrowAsync<ClusterException>()).Which;
        (refusal.Code, refusal.Reason).Should().Be((code, reason));
        Written().Should().BeFalse();
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_when_it_says_so()
    {
        using var client = await StartAsync(RequestFault.TooManyRequests(1), RequestFault.TooManyRequests(0));
        await CreateAsync(client);
        Written().Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_leaves_open_whether_the_write_was_carried_out(bool carriedOut)
    {
        using var client = await StartAsync(carriedOut ? RequestFault.AnswerLost : RequestFault.ConnectionLost);
        var lost = (await client.Invoking(CreateAsync).Should().ThrowAsync<ClusterException>()).Which;
        (lost.Code, lost.Reason).Should().Be((0, ClusterReasons.Unreachable));
        Written().Should().Be(carriedOut);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_a_timeout()
    {
        await cluster.StartAsync(new Chosen(request => request.IsWrite ? new DelayedRequest(TimeSpan.FromHours(1)) : null));
        using var client = cluster.Client(new ClusterClientOptions { RequestTimeout = TimeSpan.FromMilliseconds(200) });
        (await client.Invoking(CreateAsync).Should().ThrowAsync<ClusterException>()).Which.Reason.Should().Be(ClusterReasons.Timeout);
        Written().Should().BeFalse();
    }

    [Fact]
    public async Task A_watch_that_ends_early_ends_and_one_that_stalls_is_found_silent()
    {
        await cluster.StartAsync(new Chosen(request => !request.IsWatch ? null
            : request.Query.Contains("labelSelector=ends", StringComparison.Ordinal) ? new EndedWatch(0) : new StalledWatch(0)));
        using var client = cluster.Client(new ClusterClientOptions { WatchSilence = TimeSpan.FromSeconds(1) });
        var listed = await client.ListAsync(Maps, "default", null, CancellationToken.None);

        (await CountAsync(client, "ends", listed.ResourceVersion)).Should().Be(0);
        (await client.Invoking(c => CountAsync(c, "stalls", listed.ResourceVersion)).Should().ThrowAsync<ClusterException>())
            .Which.Reason.Should().Be(ClusterReasons.Silent);
    }

    private async Task<ClusterClient> StartAsync(params RequestFault[] faults)
    {
        var left = new Queue<RequestFault>(faults);
        await cluster.StartAsync(new Chosen(request => request.IsWrite && left.TryDequeue(out var next) ? next : null));
        return cluster.Client();
    }

    private static Task CreateAsync(ClusterClient client) => client.CreateAsync(
        Maps,
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = "map", ["namespace"] = "default" },
        },
        CancellationToken.None);

    private static async Task<int> CountAsync(ClusterClient client, string label, string resourceVersion)
    {
        var seen = 0;
        await foreach (var _ in client.WatchAsync(Maps, "default", label, resourceVersion, CancellationToken.None))
            seen++;
        return seen;
    }

    private bool Written() => cluster.Api.Get(Kinds.ConfigMaps, "default", "map") is not null;

    private sealed class Chosen(Func<ApiRequest, RequestFault?> choose) : IRequestFaults
    {
        public RequestFault? For(ApiRequest request) => choose(request);
    }
}
