using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads;
using Rollouts.Sandbox.Workloads.DaemonSets;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class DaemonSetTests
{
    private readonly Bench bench = new();

    [Fact]
    public void A_daemon_set_has_one_pod_tied_to_the_node_and_a_controller_revision()
    {
        Create(Manifests.DaemonSet());
        JsonObject pod = bench.Pods.Should().ContainSingle().Subject;
        string hash = pod.TextAt("metadata", "labels", "controller-revision-hash")!;
        pod.ObjectsAt("spec", "tolerations").Should().HaveCount(6);
        pod.At("spec", "affinity")!.ToJsonString().Should().Contain("fake-node-0");
        JsonObject revision = bench.Cluster.List(Kinds.ControllerRevisions).Should().ContainSingle().Subject;
        revision.Name().Should().Be($"agent-{hash}");
        revision.TextAt("data", "spec", "template", "$patch").Should().Be("replace");
        Numbers().Should().Be((1, 1, 1, 0, 0, 0));
        bench.SettleReady();
        Numbers().Should().Be((1, 1, 1, 1, 1, 0));
    }

    [Fact]
    public void A_node_selector_that_no_node_has_scales_it_to_zero_and_taking_it_away_back()
    {
        Create(Manifests.DaemonSet());
        bench.SettleReady();
        Edit(d => d["spec"]!["template"]!["spec"]!["nodeSelector"] = new JsonObject { ["no"] = "such" });
        bench.Pods.Should().BeEmpty();
        Numbers().Should().Be((0, 0, 0, 0, 0, 0));
        Edit(d => d["spec"]!["template"]!["spec"]!.AsObject().Remove("nodeSelector"));
        bench.SettleReady();
        Numbers().Should().Be((1, 1, 1, 1, 1, 0));
        bench.Cluster.List(Kinds.ControllerRevisions).Select(r => r.NumberAt("revision")).Should().BeEquivalentTo([2L, 3L]);
    }

    [Fact]
    public void A_new_template_replaces_the_pod()
    {
        Create(Manifests.DaemonSet());
        bench.SettleReady();
        bench.SetImage("example.test/app:2", Kinds.DaemonSets, "agent");
        bench.Settle();
        bench.Pods.Should().ContainSingle().Which.At("spec", "containers")!.ToJsonString().Should().Contain("app:2");
        Numbers().Should().Be((1, 1, 1, 0, 0, 0));
    }

    [Fact]
    public void On_several_nodes_a_new_template_comes_to_one_after_the_other_and_waits_for_each_to_be_ready()
    {
        var three = new Bench(nodes: 3);
        three.Cluster.Create(Kinds.DaemonSets, Manifests.DaemonSet());
        three.Settle();
        three.SettleReady();
        Places(three).Should().Equal("fake-node-0 app:1", "fake-node-1 app:1", "fake-node-2 app:1");

        three.SetImage("example.test/app:2", Kinds.DaemonSets, "agent");
        three.Settle();
        Places(three).Count(p => p.EndsWith("app:2", StringComparison.Ordinal)).Should().Be(1, "one may be unavailable at a time");
        three.Get(Kinds.DaemonSets, "agent")["status"].Counter("numberAvailable").Should().Be(2);
        three.SettleReady();
        Places(three).Should().Equal("fake-node-0 app:2", "fake-node-1 app:2", "fake-node-2 app:2");
    }

    [Fact]
    public void Of_several_nodes_only_those_that_the_selector_names_have_a_pod()
    {
        var three = new Bench(nodes: 3);
        three.Cluster.Create(Kinds.DaemonSets, Manifests.DaemonSet(template: """{"spec": {"nodeSelector": {"kubernetes.io/hostname": "fake-node-1"}}}"""));
        three.Settle();
        Places(three).Should().Equal("fake-node-1 app:1");
        three.Get(Kinds.DaemonSets, "agent")["status"].Counter("desiredNumberScheduled").Should().Be(1);
    }

    [Theory]
    [InlineData("flagger.app/scale-to-zero")]
    [InlineData("rollouts.dev/scale-to-zero")]
    public async Task Running_pods_end_on_every_node_while_a_daemon_set_is_scaled_to_zero_and_come_back_after(string selector)
    {
        await using var world = new World(new WorkloadOptions { Time = new FakeTimeProvider(), Nodes = 3 });
        world.Cluster.Create(Kinds.DaemonSets, Manifests.DaemonSet());
        await world.Until(Kinds.DaemonSets, "agent", d => d["status"].Counter("numberReady") == 3);
        world.Cluster.List(Kinds.Pods).Select(p => (p.TextAt("spec", "nodeName"), p.TextAt("status", "hostIP"))).Should()
            .BeEquivalentTo([("fake-node-0", "172.18.0.2"), ("fake-node-1", "172.18.0.3"), ("fake-node-2", "172.18.0.4")]);

        Select(world, new JsonObject { [selector] = "true" });
        await world.UntilAll(Kinds.Pods, pods => pods.Count == 0);
        await world.Until(Kinds.DaemonSets, "agent", d => d["status"].Counter("desiredNumberScheduled") == 0
            && d["status"].Counter("currentNumberScheduled") == 0 && d["status"].Counter("numberMisscheduled") == 0);

        Select(world, null);
        await world.Until(Kinds.DaemonSets, "agent", d => d["status"].Counter("numberReady") == 3);
    }

    [Fact]
    public void With_a_surge_the_old_pod_stays_until_the_new_one_is_available()
    {
        Create(Manifests.DaemonSet("""{"updateStrategy": {"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}}"""));
        bench.SettleReady();
        string old = bench.Pods.Single().Name();
        bench.SetImage("example.test/app:2", Kinds.DaemonSets, "agent");
        bench.Settle();
        bench.Pods.Should().HaveCount(2);
        bench.SettleReady();
        bench.Pods.Should().ContainSingle().Which.Name().Should().NotBe(old);
    }

    [Fact]
    public void With_on_delete_a_new_template_waits_until_somebody_deletes_the_pod()
    {
        Create(Manifests.DaemonSet("""{"updateStrategy": {"type": "OnDelete", "rollingUpdate": null}}"""));
        bench.SettleReady();
        string old = bench.Pods.Single().Name();
        bench.SetImage("example.test/app:2", Kinds.DaemonSets, "agent");
        bench.Settle();
        bench.Pods.Should().ContainSingle().Which.Name().Should().Be(old);
        bench.Cluster.Delete(Kinds.Pods, "default", old);
        bench.Settle();
        Numbers().Should().Be((1, 1, 1, 0, 0, 0));
    }

    private static void Select(World world, JsonObject? selector)
    {
        JsonObject set = world.Cluster.Get(Kinds.DaemonSets, "default", "agent")!;
        set["metadata"]!.AsObject().Remove("resourceVersion");
        set["spec"]!["template"]!["spec"]!.AsObject().Put("nodeSelector", selector);
        world.Cluster.Update(Kinds.DaemonSets, set);
    }

    private static IEnumerable<string> Places(Bench bench) => bench.Pods
        .Select(p => $"{DaemonPod.NodeOf(p)} {p.ObjectsAt("spec", "containers").Single().TextAt("image")!.Split('/')[^1]}").Order(StringComparer.Ordinal);

    // desired, current, updated, ready, available, misscheduled
    private (int, int, int, int, int, int) Numbers()
    {
        JsonNode? status = bench.Get(Kinds.DaemonSets, "agent")["status"];
        return (status.Counter("desiredNumberScheduled"), status.Counter("currentNumberScheduled"), status.Counter("updatedNumberScheduled"),
            status.Counter("numberReady"), status.Counter("numberAvailable"), status.Counter("numberMisscheduled"));
    }

    private void Create(JsonObject set)
    {
        bench.Cluster.Create(Kinds.DaemonSets, set);
        bench.Settle();
    }

    private void Edit(Action<JsonObject> change)
    {
        bench.Change(Kinds.DaemonSets, "agent", change);
        bench.Settle();
    }
}
