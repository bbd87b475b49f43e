using System.Net;
using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.Crashing;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Rollouts.TestKit;

namespace Rollouts.Controller.Tests;

/// <summary>The controller as a process among others.</summary>
public class HostTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task It_is_healthy_ready_once_its_caches_are_and_shows_its_metrics_by_their_documented_names()
    {
        await using var world = await cluster.WorldAsync();
        var controller = await world.InitializedAsync();
        using var http = new HttpClient { BaseAddress = controller.Url };
        (await http.GetStringAsync("/healthz")).Should().Be("ok");
        (await http.GetStringAsync("/readyz")).Should().Be("ok");

        var metrics = await http.GetStringAsync("/metrics");

        metrics.Should().Contain($$"""rollouts_canary_phase{namespace="{{world.Namespace}}",name="podinfo",phase="Initialized"} 1""");
        var families = metrics.Split('\n').Where(line => line.StartsWith("# HELP rollouts_", StringComparison.Ordinal) || line.StartsWith("# TYPE rollouts_", StringComparison.Ordinal));
        Golden.Holds("tests/Rollouts.Controller.Tests/golden/metrics.txt", string.Join('\n', families.Order(StringComparer.Ordinal)) + "\n");
    }

    [Fact]
    public async Task The_series_of_a_canary_go_with_it()
    {
        await using var world = await cluster.WorldAsync();
        var controller = await world.InitializedAsync(more: """ "deletionPolicy": "orphan" """);
        using var http = new HttpClient { BaseAddress = controller.Url };
        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");
        world.Create(TestWorld.Canaries, Manifests.Canary(name: "next"));
        await world.WaitAsync(status => status.Conditions.Count > 0, "looked at", "next");

        // The worker that took the last of it away may still be telling its event; the series go when the key is looked at once more.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string metrics;
        do
            metrics = await http.GetStringAsync("/metrics", limit.Token);
        while (metrics.Contains("name=\"podinfo\"", StringComparison.Ordinal));
        metrics.Should().Contain("name=\"next\"");
    }

    [Fact]
    public async Task It_is_not_ready_while_a_kind_cannot_be_listed_and_says_which()
    {
        await using var empty = new EmptyCluster();
        await empty.StartAsync();
        await using var controller = ControllerHost.Create(new ControllerOptions { Port = 0 }, empty.Client(), TimeProvider.System);
        await controller.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = controller.Url };

        var answer = await http.GetAsync("/readyz");

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("canaries.rollouts.dev");
    }

    [Fact]
    public async Task Of_two_controllers_one_works_and_the_other_takes_over_when_it_stops()
    {
        await using var world = await cluster.WorldAsync();
        var first = await world.StartControllerAsync(options: options => options with { LeaseNamespace = world.Namespace });
        await world.WaitForAsync(Kinds.Leases, lease => (string?)lease["spec"]?["holderIdentity"] is { Length: > 0 }, "a held lease");
        await world.StartControllerAsync(options: options => options with { LeaseNamespace = world.Namespace });
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary());
        await world.WaitForAsync(Phase.Initialized);
        var holder = world.Api.List(Kinds.Leases, world.Namespace).Single()["spec"]!["holderIdentity"]!.ToString();

        await first.StopAsync(CancellationToken.None);
        world.SetImage("podinfo:2");
        await world.WaitForAsync(Phase.Succeeded);

        var lease = world.Api.List(Kinds.Leases, world.Namespace).Single()["spec"]!;
        lease["holderIdentity"]!.ToString().Should().NotBe(holder);
        world.Status().History.Should().HaveCount(2, "one run, and what served at first");
    }

    [Fact]
    public async Task A_new_leader_whose_watch_is_behind_sets_no_route_back()
    {
        await using var world = await cluster.WorldAsync();
        await using var chronicle = new Chronicle(world);
        world.Metrics.SuccessRate = null;
        var first = await world.StartControllerAsync(options: options => options with { LeaseNamespace = world.Namespace });
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestWorld.Canaries, Manifests.Canary(Manifests.Ramp + """, "promotion": "manual" """));
        await world.WaitForAsync(Phase.Initialized);
        using var client = world.Client();
        var lagging = new LaggingClient(client, ClusterKinds.Canaries("rollouts.dev"), canary => CanaryStatus.Parse(canary["status"]).CanaryWeight.Percent == 30);
        await world.StartControllerAsync(lagging, options: options => options with { LeaseNamespace = world.Namespace });
        world.SetImage("podinfo:2");
        await lagging.Lags.WaitAsync(TimeSpan.FromSeconds(60));
        world.Metrics.SuccessRate = 100;
        await world.WaitForAsync(Phase.WaitingPromotion);

        await first.StopAsync(CancellationToken.None);
        world.Annotate("rollouts.dev/promote", "* looks good");
        await chronicle.UntilAsync(seen => seen is { Status.Phase: Phase.Succeeded, Weight: 0 });

        chronicle.Routes.Should().Be("100/0, 70/30, 40/60, 100/0");
    }

    [Fact]
    public async Task What_happens_is_told_as_events_of_the_canary_once_each()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.SetImage("podinfo:2");
        await world.WaitForAsync(Phase.Succeeded);
        await world.WaitForAsync(Kinds.Events, e => (string?)e["reason"] == "Promoted", "the event Promoted");

        // On a machine that is short of time a measurement may come late, and the run holds for a moment: true, and not the subject here.
        var told = world.Api.List(Kinds.Events, world.Namespace)
            .Where(e => (string?)e["involvedObject"]?["kind"] == "Canary" && (string?)e["reason"] != "Holding").ToList();

        told.Select(e => (string?)e["reason"]).Should().BeEquivalentTo(
            ["Initializing", "Initialized", "RevisionSeen", "StepAdvanced", "StepAdvanced", "Promoting", "PrimaryUpdated", "Promoted"]);
        told.Should().OnlyContain(e => (int?)e["count"] == 1 && (string?)e["reportingComponent"] == "rollouts");
    }
}
