using System.Net;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads;
using Rollouts.Sandbox.Workloads.Apps;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class PodAppTests
{
    private static readonly WorkloadOptions AtOnce = new() { ReadyAfter = TimeSpan.Zero, DrainFor = TimeSpan.Zero };

    [Fact]
    public async Task A_pod_answers_with_its_name_and_the_tag_of_its_image()
    {
        await using var world = new World(AtOnce);
        using HttpClient client = await Visit(world, Manifests.Pod());
        (await client.GetStringAsync("/any/path")).Should().Be("""{"pod":"lonely","namespace":"default","version":"1"}""" + "\n");
    }

    [Fact]
    public async Task A_pod_listens_on_its_container_ports_only()
    {
        await using var world = new World(AtOnce);
        world.Cluster.Create(Kinds.Pods, Manifests.Pod());
        string ip = (await world.Until(Kinds.Pods, "lonely", p => p.IsReady())).TextAt("status", "podIP")!;
        world.Controllers.Network.Resolve(ip, 8080)!.Host.Should().Be("127.0.0.1");
        world.Controllers.Network.Resolve(ip, 8081).Should().BeNull();
        world.Controllers.Network.Resolve("10.244.99.99", 8080).Should().BeNull();
    }

    [Fact]
    public async Task The_environment_says_how_many_requests_fail_and_goes_before_annotations()
    {
        await using var world = new World(AtOnce);
        using HttpClient client = await Visit(world, Pod("""[{"name": "FAKE_APP_ERROR_RATE", "value": "30%"}, {"name": "FAKE_APP_VERSION", "value": "blue"}]""",
            """{"fake-app/error-rate": "1", "fake-app/version": "green"}"""));
        int failed = 0;
        for (int i = 0; i < 400; i++)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("/", UriKind.Relative));
            failed += answer.StatusCode == HttpStatusCode.InternalServerError ? 1 : 0;
            (await answer.Content.ReadAsStringAsync()).Should().Contain("\"version\":\"blue\"");
        }
        failed.Should().BeInRange(80, 160);
    }

    [Fact]
    public async Task A_path_can_ask_for_a_status()
    {
        await using var world = new World(AtOnce);
        using HttpClient client = await Visit(world, Pod("""[{"name": "FAKE_APP_ERROR_RATE", "value": "1"}]"""));
        foreach (var (path, status) in ((string, int)[])[("/status/503", 503), ("/status/204", 204), ("/status/99", 500), ("/", 500)])
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            ((int)answer.StatusCode).Should().Be(status, path);
        }
    }

    [Fact]
    public async Task A_request_in_flight_is_finished_before_a_deleted_pod_is_gone()
    {
        await using var world = new World(AtOnce);
        using HttpClient client = await Visit(world, Pod("""[{"name": "FAKE_APP_LATENCY", "value": "400ms"}]"""));
        await client.GetStringAsync("/");
        Task<string> inFlight = client.GetStringAsync("/");
        // The second request has to have arrived: the connection is there already, so this is a matter of a millisecond.
        using var arrived = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        await arrived.WaitForNextTickAsync();
        world.Cluster.Delete(Kinds.Pods, "default", "lonely");
        await world.UntilAll(Kinds.Pods, pods => pods.Count == 0);
        // The server is done with it; the client may have the last bytes still to read.
        (await inFlight.WaitAsync(TimeSpan.FromSeconds(30))).Should().Contain("lonely");
        await FluentActions.Awaiting(() => client.GetStringAsync("/")).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public void Half_of_the_answers_take_longer_than_the_median_and_one_in_a_hundred_longer_than_p99()
    {
        var latency = Latency.Of(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(900));
        var random = new Random(1);
        List<double> drawn = [.. Enumerable.Range(0, 100_000).Select(_ => latency.Draw(random).TotalMilliseconds).Order()];
        drawn[50_000].Should().BeApproximately(20, 0.5);
        drawn[99_000].Should().BeApproximately(900, 60);
        drawn[^1].Should().BeLessThanOrEqualTo(2700);
    }

    [Fact]
    public void Without_p99_every_answer_takes_the_same_time()
    {
        var latency = Latency.Of(TimeSpan.FromMilliseconds(20), null);
        var random = new Random(1);
        Enumerable.Range(0, 100).Select(_ => latency.Draw(random)).Distinct().Should().Equal(TimeSpan.FromMilliseconds(20));
    }

    [Theory]
    [InlineData("ERROR_RATE", "150%", "FAKE_APP_ERROR_RATE: \"150%\" is no share of requests, as in \"0.05\" or \"5%\"")]
    [InlineData("LATENCY", "20", "FAKE_APP_LATENCY: \"20\" is no time up to ten minutes, as in \"20ms\" or \"1.5s\"")]
    public void A_setting_that_cannot_be_read_is_named_with_an_example(string name, string value, string message)
    {
        JsonObject pod = Pod($$"""[{"name": "FAKE_APP_{{name}}", "value": "{{value}}"}]""");
        FluentActions.Invoking(() => AppBehavior.Of(pod)).Should().Throw<FormatException>().WithMessage(message);
    }

    [Theory]
    [InlineData("example.test:5000/app:v2", "v2")]
    [InlineData("example.test:5000/app", "latest")]
    [InlineData("app:1.0", "1.0")]
    public void The_version_is_the_tag_of_the_image(string image, string version)
    {
        JsonObject pod = Manifests.Pod();
        pod["spec"]!["containers"]![0]!["image"] = image;
        AppBehavior.Of(pod).Version.Should().Be(version);
    }

    private static JsonObject Pod(string env, string annotations = "{}")
    {
        JsonObject pod = Manifests.Pod(pod: $$$"""{"metadata": {"annotations": {{{annotations}}}}}""");
        pod["spec"]!["containers"]![0]!["env"] = JsonNode.Parse(env);
        return pod;
    }

    private static async Task<HttpClient> Visit(World world, JsonObject pod)
    {
        world.Cluster.Create(Kinds.Pods, pod);
        JsonObject ready = await world.Until(Kinds.Pods, pod.Name(), p => p.IsReady());
        return new HttpClient { BaseAddress = world.Controllers.Network.Resolve(ready.TextAt("status", "podIP")!, 8080) };
    }
}
