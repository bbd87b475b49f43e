using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

/// <summary>Deleting a Canary is never an outage, and what is not ours is never touched.</summary>
public class EndingTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task Deleting_a_canary_hands_replicas_service_and_route_back_to_the_target_and_then_cleans_up()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");

        world.Replicas("podinfo").Should().Be(2);
        world.Selects("podinfo").Should().Be("podinfo");
        world.Get(Kinds.Deployments, "podinfo-primary").Should().BeNull();
        world.Get(Kinds.Services, "podinfo-canary").Should().BeNull();
        world.Get(TestWorld.VirtualServices, "podinfo")!["spec"]!["http"]![0]!["route"]!.ToJsonString()
            .Should().Be("""[{"destination":{"host":"podinfo"}}]""");
    }

    [Fact]
    public async Task The_primary_stays_until_the_target_is_ready_to_take_over()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Change(Kinds.Deployments, "podinfo", target => target["spec"]!["paused"] = true);
        world.Change(Kinds.Deployments, "podinfo", target =>
            target["spec"]!["template"]!["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { ["fake-kubelet/ready-after"] = "100000" });

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitAsync(status => status.Phase == Phase.Terminating, "phase Terminating");
        await world.WaitForAsync(Kinds.Deployments, "podinfo", target => (int?)target?["spec"]?["replicas"] == 2, "the target scaled up");

        world.Get(Kinds.Deployments, "podinfo-primary").Should().NotBeNull();
        world.Selects("podinfo").Should().Be("podinfo-primary");
        world.Get(TestWorld.Canaries, "podinfo").Should().NotBeNull();
    }

    [Fact]
    public async Task A_canary_deleted_in_mid_run_hands_back_the_proven_template()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");

        world.Image("podinfo").Should().Be("podinfo:1");
        world.Replicas("podinfo").Should().Be(2);
        world.Selects("podinfo").Should().Be("podinfo");
    }

    [Fact]
    public async Task With_orphan_everything_stays_as_it_is()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync(more: """ "deletionPolicy": "orphan" """);

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");

        world.Replicas("podinfo").Should().Be(0);
        world.Replicas("podinfo-primary").Should().Be(2);
        world.Selects("podinfo").Should().Be("podinfo-primary");
        world.Weight().Should().Be(0);
    }

    [Fact]
    public async Task A_target_that_is_deleted_in_mid_run_ends_the_run_with_traffic_on_the_primary()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 30, "the route at 30");

        world.Api.Delete(Kinds.Deployments, world.Namespace, "podinfo");
        await world.WaitForAsync(Phase.Failed);
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 0, "everything on the primary");

        world.Replicas("podinfo-primary").Should().Be(2);
    }

    /// <summary>As with a deletion in the foreground, or a finalizer of somebody else's.</summary>
    [Fact]
    public async Task A_target_that_is_being_deleted_ends_the_run_though_somebody_holds_on_to_it()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Change(Kinds.Deployments, "podinfo", target => target["metadata"]!["finalizers"] = new System.Text.Json.Nodes.JsonArray("example.com/hold"));
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 30, "the route at 30");

        world.Api.Delete(Kinds.Deployments, world.Namespace, "podinfo");
        await world.WaitForAsync(Phase.Failed);
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 0, "everything on the primary");

        world.Replicas("podinfo-primary").Should().Be(2);
        world.Get(Kinds.Deployments, "podinfo").Should().NotBeNull();
    }

    [Fact]
    public async Task An_invalid_canary_says_every_error_and_stops_no_other_one()
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        world.Create(Kinds.Deployments, Manifests.Deployment());
        var broken = Manifests.Canary(name: "broken");
        broken["spec"]!["provider"] = "linkerd";
        broken["spec"]!["analysis"]!["alerts"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"name": "on-call", "providerRef": {"name": "chat"}}]""");
        broken["spec"]!["targetRef"]!["name"] = "other";
        world.Create(TestWorld.Canaries, broken);
        world.Create(TestWorld.Canaries, Manifests.Canary());

        await world.WaitForAsync(Phase.Initialized);
        var status = await world.WaitAsync(status => status.Conditions.Count > 0, "conditions", "broken");

        var ready = status.Conditions.Single(condition => condition.Type == Condition.Ready);
        ready.Status.Should().Be(ConditionStatus.False);
        ready.Reason.Should().Be("InvalidSpec");
        ready.Message.Should().Contain("spec.provider").And.Contain("spec.analysis.alerts");
    }

    [Fact]
    public async Task The_second_canary_of_a_target_is_told_of_the_first_and_takes_over_when_that_one_goes()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();

        world.Create(TestWorld.Canaries, Manifests.Canary(name: "zweite"));
        var second = await world.WaitAsync(status => status.Conditions.Count > 0, "conditions", "zweite");
        second.Message.Should().StartWith("Canary podinfo already has this target");

        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitAsync(status => status.Phase == Phase.Initialized, "phase Initialized", "zweite");
    }

    [Fact]
    public async Task An_object_that_is_not_ours_is_left_alone_and_named_with_the_mend()
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(Kinds.Deployments, Manifests.Deployment("somebody:else", 1, "podinfo-primary"));
        world.Create(TestWorld.Canaries, Manifests.Canary());

        var status = await world.WaitAsync(status => status.Message?.Contains("in the way", StringComparison.Ordinal) == true, "told of the stranger");

        status.Message.Should().Contain("Deployment podinfo-primary").And.Contain("rollouts.dev/canary=podinfo");
        world.Image("podinfo-primary").Should().Be("somebody:else");
        world.Replicas("podinfo").Should().Be(2);

        // Once it is gone nothing is in the way, although no event of it names the Canary.
        world.Api.Delete(Kinds.Deployments, world.Namespace, "podinfo-primary");
        await world.WaitForAsync(Phase.Initialized);
    }

    [Fact]
    public async Task A_canary_keeps_its_target_and_says_so_when_it_is_given_another_one()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Create(Kinds.Deployments, Manifests.Deployment("other:1", 1, "other"));

        world.Change(TestWorld.Canaries, "podinfo", canary => canary["spec"]!["targetRef"]!["name"] = "other");
        var status = await world.WaitAsync(status => status.Message?.StartsWith("This Canary was initialised for", StringComparison.Ordinal) == true, "told");

        status.Message.Should().Contain("Deployment podinfo behind Service podinfo");
        world.Get(Kinds.Deployments, "other-primary").Should().BeNull();
        world.Selects("podinfo").Should().Be("podinfo-primary");

        world.Change(TestWorld.Canaries, "podinfo", canary => canary["spec"]!["targetRef"]!["name"] = "podinfo");
        await world.WaitAsync(status => status.Conditions.Any(condition => condition is { Type: Condition.Ready, Status: ConditionStatus.True }), "ready again");
    }

    [Fact]
    public async Task A_canary_made_anew_analyses_what_the_target_holds_instead_of_trusting_it()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync(more: """ "deletionPolicy": "orphan" """);
        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");
        world.SetImage("podinfo:2");
        world.Metrics.SuccessRate = 50;

        world.Create(TestWorld.Canaries, Manifests.Canary());
        await world.WaitForAsync(Phase.Failed);

        world.Image("podinfo-primary").Should().Be("podinfo:1");
        world.Selects("podinfo").Should().Be("podinfo-primary");
    }

    [Fact]
    public async Task A_target_made_anew_with_another_selector_leaves_the_primary_serving()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Api.Delete(Kinds.Deployments, world.Namespace, "podinfo");
        var anew = Manifests.Deployment("podinfo:2");
        anew["spec"]!["selector"]!["matchLabels"]!["app"] = "other";
        anew["spec"]!["template"]!["metadata"]!["labels"]!["app"] = "other";
        world.Create(Kinds.Deployments, anew);

        var status = await world.WaitAsync(status => status.Message?.Contains("another selector", StringComparison.Ordinal) == true, "told");

        status.Conditions.Single(condition => condition.Type == Condition.Stalled).Reason.Should().Be("SelectorChanged");
        world.Selects("podinfo").Should().Be("podinfo-primary");
        world.Selects("podinfo-primary").Should().Be("podinfo-primary");
        world.Replicas("podinfo").Should().Be(2);
    }

    [Fact]
    public async Task Another_port_of_the_service_is_the_only_one_afterwards()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();

        world.Change(TestWorld.Canaries, "podinfo", canary => canary["spec"]!["service"]!["port"] = 8080);
        var service = await world.WaitForAsync(Kinds.Services, "podinfo", service => (int?)service?["spec"]?["ports"]?[0]?["port"] == 8080, "port 8080");

        service!["spec"]!["ports"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task A_restart_of_the_primary_by_hand_is_no_drift()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        const string restartedAt = "kubectl.kubernetes.io/restartedAt";

        world.Change(Kinds.Deployments, "podinfo-primary", primary =>
            primary["spec"]!["template"]!["metadata"]!["annotations"]![restartedAt] = "2026-11-23T08:00:00Z");
        world.SetImage("podinfo:2");
        await world.WaitForAsync(Phase.Succeeded);

        world.Get(Kinds.Deployments, "podinfo-primary")!["spec"]!["template"]!["metadata"]!["annotations"]![restartedAt].Should().NotBeNull();
        world.Image("podinfo-primary").Should().Be("podinfo:2");
    }

    [Fact]
    public async Task Drift_of_a_route_is_repaired_to_the_current_split_and_the_users_own_rules_survive()
    {
        await using var world = await cluster.WorldAsync();
        await world.InitializedAsync();
        world.Metrics.SuccessRate = null;
        world.SetImage("podinfo:2");
        await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 30, "the route at 30");

        world.Change(TestWorld.VirtualServices, "podinfo", route =>
        {
            var rules = route["spec"]!["http"]!.AsArray();
            rules[0]!["route"]![0]!["weight"] = 0;
            rules[0]!["route"]![1]!["weight"] = 100;
            rules[0]!["fault"] = new System.Text.Json.Nodes.JsonObject();
            rules.Insert(0, System.Text.Json.Nodes.JsonNode.Parse("""{"match": [{"uri": {"prefix": "/admin"}}], "route": [{"destination": {"host": "admin"}}]}"""));
        });
        var repaired = await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 30, "the route at 30 again");

        var rules = repaired!["spec"]!["http"]!.AsArray();
        rules.Should().HaveCount(2);
        rules[0]!["route"]![0]!["destination"]!["host"]!.ToString().Should().Be("admin");
        rules[1]!.AsObject().ContainsKey("fault").Should().BeTrue();
    }
}
