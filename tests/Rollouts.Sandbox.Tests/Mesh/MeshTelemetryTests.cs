using System.Net;

namespace Rollouts.Sandbox.Tests.Mesh;

public sealed class MeshTelemetryTests : IAsyncLifetime
{
    private const string Requests = "istio_requests_total";
    private readonly MeshScene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Both_proxies_count_a_request_with_the_workload_that_answered()
    {
        await _scene.AskAsync();
        var metrics = await _scene.Client.GetStringAsync(_scene.Mesh.MetricsUrl);
        metrics.Should().Contain(
            "istio_requests_total{reporter=\"destination\",source_workload=\"istio-ingressgateway\",source_canonical_service=\"istio-ingressgateway\"," +
            "source_canonical_revision=\"latest\",source_workload_namespace=\"istio-system\"," +
            "source_principal=\"spiffe://cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account\",source_app=\"istio-ingressgateway\"," +
            "source_version=\"unknown\",source_cluster=\"Kubernetes\",destination_workload=\"podinfo-primary\",destination_workload_namespace=\"test\"," +
            "destination_principal=\"spiffe://cluster.local/ns/test/sa/default\",destination_app=\"podinfo-primary\",destination_version=\"1\"," +
            "destination_service=\"podinfo.test.svc.cluster.local\",destination_canonical_service=\"podinfo-primary\",destination_canonical_revision=\"1\"," +
            "destination_service_name=\"podinfo\",destination_service_namespace=\"test\",destination_cluster=\"Kubernetes\",request_protocol=\"http\"," +
            "response_code=\"200\",response_flags=\"-\",connection_security_policy=\"mutual_tls\"} 1\n");
        (await _scene.MetricAsync(Requests, "reporter=\"source\"", "destination_workload=\"podinfo-primary\"")).Should().Be(1);
    }

    [Fact]
    public async Task A_duration_counts_in_every_bucket_that_it_fits_in()
    {
        await _scene.AskAsync();
        string[] labels = ["reporter=\"destination\"", "destination_workload=\"podinfo-primary\""];
        (await _scene.MetricAsync("istio_request_duration_milliseconds_bucket", [.. labels, "le=\"+Inf\""])).Should().Be(1);
        (await _scene.MetricAsync("istio_request_duration_milliseconds_bucket", [.. labels, "le=\"3600000\""])).Should().Be(1);
        (await _scene.MetricAsync("istio_request_duration_milliseconds_count", labels)).Should().Be(1);
        (await _scene.MetricAsync("istio_request_duration_milliseconds_sum", labels)).Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task An_error_of_the_pod_counts_with_its_code()
    {
        _scene.Conduct["canary-a"] = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        (await _scene.SendAsync(host: "podinfo-canary")).StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await _scene.MetricAsync(Requests, "reporter=\"destination\"", "destination_workload=\"podinfo\"", "response_code=\"500\"", "response_flags=\"-\""))
            .Should().Be(1);
    }

    [Fact]
    public async Task A_Service_without_pods_counts_at_the_source_alone_as_UH()
    {
        _scene.AddService("asleep");
        await MeshScene.UntilAsync(async () => (await _scene.SendAsync(host: "asleep")).StatusCode == HttpStatusCode.ServiceUnavailable);
        string[] labels = ["response_code=\"503\"", "response_flags=\"UH\"", "destination_service_name=\"asleep\"", "destination_workload=\"unknown\""];
        (await _scene.MetricAsync(Requests, [.. labels, "reporter=\"source\""])).Should().Be(1);
        (await _scene.MetricAsync(Requests, [.. labels, "reporter=\"destination\""])).Should().Be(0);
    }

    [Fact]
    public async Task A_pod_where_nothing_listens_counts_as_UF()
    {
        await _scene.CrashAsync("canary-a");
        (await _scene.SendAsync(host: "podinfo-canary")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await _scene.MetricAsync(Requests, "reporter=\"source\"", "response_code=\"503\"", "response_flags=\"UF\"")).Should().Be(1);
        (await _scene.MetricAsync(Requests, "reporter=\"destination\"", "destination_workload=\"podinfo\"", "response_flags=\"UF\""))
            .Should().Be(3, "the first try and two more");
    }

    [Fact]
    public async Task A_caller_who_leaves_counts_as_code_0()
    {
        var reached = new TaskCompletionSource();
        _scene.Conduct["canary-a"] = async context =>
        {
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        using var leave = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, _scene.Mesh.Url);
        request.Headers.Host = "podinfo-canary";
        var answer = _scene.Client.SendAsync(request, leave.Token);
        await reached.Task;
        await leave.CancelAsync();
        await answer.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();

        string[] labels = ["destination_workload=\"podinfo\"", "response_code=\"0\"", "response_flags=\"DC\""];
        await MeshScene.UntilAsync(async () => await _scene.MetricAsync(Requests, [.. labels, "reporter=\"source\""]) == 1);
        (await _scene.MetricAsync(Requests, [.. labels, "reporter=\"destination\""])).Should().Be(1);
    }

    [Fact]
    public async Task A_timeout_is_504_at_the_source_and_a_caller_who_left_at_the_destination()
    {
        _scene.Conduct["canary-a"] = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await _scene.RouteAsync(MeshObject.VirtualService("""[{"timeout":"50ms","route":[{"destination":{"host":"podinfo-canary"}}]}]"""));
        await _scene.SendAsync();
        (await _scene.MetricAsync(Requests, "reporter=\"source\"", "response_code=\"504\"", "response_flags=\"UT\"")).Should().Be(1);
        (await _scene.MetricAsync(Requests, "reporter=\"destination\"", "response_code=\"0\"", "response_flags=\"DC\"")).Should().Be(1);
    }

    [Fact]
    public async Task A_mirrored_request_counts_at_the_mirror_alone()
    {
        await _scene.RouteAsync(MeshObject.VirtualService(
            """[{"route":[{"destination":{"host":"podinfo-primary"}}],"mirror":{"host":"podinfo-canary"}}]"""));
        await _scene.AskAsync();
        await MeshScene.UntilAsync(async () => await _scene.MetricAsync(Requests, "reporter=\"destination\"", "destination_workload=\"podinfo\"") == 1);
        (await _scene.MetricAsync(Requests, "reporter=\"source\"", "destination_workload=\"podinfo\"")).Should().Be(0);
    }

    [Fact]
    public async Task A_host_without_a_route_counts_at_the_source_as_404_NR()
    {
        await _scene.SendAsync(host: "nobody");
        (await _scene.MetricAsync(Requests, "reporter=\"source\"", "response_code=\"404\"", "response_flags=\"NR\"")).Should().Be(1);
    }
}
