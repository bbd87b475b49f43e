using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class ReplicaSetTests
{
    private readonly Bench bench = new();

    [Fact]
    public void A_pod_that_is_deleted_is_replaced()
    {
        Create(2);
        string gone = bench.Pods[0].Name();
        bench.Cluster.Delete(Kinds.Pods, "default", gone);
        bench.Settle();
        bench.Pods.Should().HaveCount(2).And.NotContain(p => p.Name() == gone);
        bench.Pods.Should().OnlyContain(p => p.Name().StartsWith("set-", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_too_many_pods_those_go_that_are_not_ready()
    {
        Create(3);
        string ready = bench.Pods[1].Name();
        bench.SetReady(bench.Pods[1]);
        bench.Change(Kinds.ReplicaSets, "set", s => s["spec"]!["replicas"] = 1);
        bench.Settle();
        bench.Pods.Should().ContainSingle().Which.Name().Should().Be(ready);
    }

    [Fact]
    public void Of_ready_pods_the_one_goes_that_was_ready_last()
    {
        Create(2);
        bench.SetReady(bench.Pods[1]);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        bench.SetReady(bench.Pods[0]);
        string longest = bench.Pods[1].Name();
        bench.Change(Kinds.ReplicaSets, "set", s => s["spec"]!["replicas"] = 1);
        bench.Settle();
        bench.Pods.Should().ContainSingle().Which.Name().Should().Be(longest);
    }

    [Fact]
    public void A_pod_with_its_labels_and_no_controller_is_adopted_and_one_that_loses_them_released()
    {
        bench.Cluster.Create(Kinds.Pods, Manifests.Pod());
        Create(1);
        bench.Pods.Should().ContainSingle().Which.IsControlledBy(bench.Get(Kinds.ReplicaSets, "set")).Should().BeTrue();

        bench.Change(Kinds.Pods, "lonely", p => p["metadata"]!["labels"]!["app"] = "other");
        bench.Settle();
        bench.Get(Kinds.Pods, "lonely").ObjectAt("metadata")!.ContainsKey("ownerReferences").Should().BeFalse();
        bench.Pods.Should().HaveCount(2);
    }

    [Fact]
    public void A_pod_that_somebody_else_controls_is_not_adopted()
    {
        bench.Cluster.Create(Kinds.Pods, Manifests.Pod(pod: """
            {"metadata": {"ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "x", "uid": "u", "controller": true}]}}
            """));
        Create(1);
        bench.Pods.Should().HaveCount(2);
    }

    [Fact]
    public void The_status_counts_pods_and_leaves_zeros_out_except_replicas()
    {
        Create(0);
        Status().Should().Be("""{"replicas":0,"observedGeneration":1}""");
        bench.Change(Kinds.ReplicaSets, "set", s => s["spec"]!["replicas"] = 2);
        bench.Settle();
        bench.SetReady(bench.Pods[0]);
        bench.Settle();
        Status().Should().Be(
            """{"replicas":2,"fullyLabeledReplicas":2,"readyReplicas":1,"availableReplicas":1,"observedGeneration":2}""");
    }

    private string Status() => bench.Get(Kinds.ReplicaSets, "set")["status"]!.ToJsonString();

    private void Create(int replicas)
    {
        bench.Cluster.Create(Kinds.ReplicaSets, Manifests.ReplicaSet(replicas));
        bench.Settle();
    }
}
