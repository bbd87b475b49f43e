using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
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
