using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Deployments;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class DeploymentTests
{
    private readonly Bench bench = new();

    [Fact]
    public void A_deployment_gets_a_replica_set_named_by_the_hash_of_its_template()
    {
        Create(Manifests.Deployment());
        JsonObject set = bench.Sets.Should().ContainSingle().Subject;
        string hash = set.TextAt("metadata", "labels", "pod-template-hash")!;
        set.Name().Should().Be($"web-{hash}");
        set.TextAt("spec", "selector", "matchLabels", "pod-template-hash").Should().Be(hash);
        set.TextAt("spec", "template", "metadata", "labels", "pod-template-hash").Should().Be(hash);
        set.IsControlledBy(bench.Get(Kinds.Deployments, "web")).Should().BeTrue();
        set.CopyOf("annotations").ToJsonString().Should().Be(
            """{"deployment.kubernetes.io/revision":"1","deployment.kubernetes.io/desired-replicas":"2","deployment.kubernetes.io/max-replicas":"3"}""");
        bench.Get(Kinds.Deployments, "web").TextAt("metadata", "annotations", RevisionAnnotations.Revision).Should().Be("1");
        bench.Told(Kinds.Deployments).Should().Equal($"Scaled up replica set {set.Name()} to 2");
    }

    [Fact]
    public void A_deployment_is_available_and_done_only_when_its_pods_are()
    {
        Create(Manifests.Deployment());
        bench.Counters().Should().Be((2, 2, 0, 0, 2));
        bench.Condition("Available").Should().Be("False MinimumReplicasUnavailable");
        bench.Condition("Progressing").Should().Be("True ReplicaSetUpdated");

        bench.SetReady(bench.Pods[0]);
        bench.Settle();
        bench.Counters().Should().Be((2, 2, 1, 1, 1));
        bench.Condition("Available").Should().Be("False MinimumReplicasUnavailable");

        bench.SetReady(bench.Pods[1]);
        bench.Settle();
        bench.Counters().Should().Be((2, 2, 2, 2, 0));
        bench.Get(Kinds.Deployments, "web").ObjectAt("status")!.ContainsKey("unavailableReplicas").Should().BeFalse("a zero is left out");
        bench.Condition("Available").Should().Be("True MinimumReplicasAvailable");
        bench.Condition("Progressing").Should().Be("True NewReplicaSetAvailable");
    }

    [Fact]
    public void A_new_template_replaces_one_pod_at_a_time_and_no_available_one_too_many()
    {
        Roll();
        bench.Counters().Should().Be((3, 1, 2, 2, 1));
        bench.Condition("Progressing").Should().Be("True ReplicaSetUpdated");
        bench.Get(Kinds.Deployments, "web").NumberAt("status", "observedGeneration").Should().Be(
            bench.Get(Kinds.Deployments, "web").NumberAt("metadata", "generation"));

        bench.SettleReady();
        bench.Counters().Should().Be((2, 2, 2, 2, 0));
        bench.Condition("Progressing").Should().Be("True NewReplicaSetAvailable");
        bench.Pods.Should().OnlyContain(p => Image(p) == "example.test/app:2");
        var (old, current) = (bench.Sets.Single(s => s.Replicas() == 0).Name(), bench.Sets.Single(s => s.Replicas() == 2).Name());
        bench.Told(Kinds.Deployments).Should().Equal(
            $"Scaled up replica set {old} to 2",
            $"Scaled up replica set {current} to 1",
            $"Scaled down replica set {old} to 1 from 2",
            $"Scaled up replica set {current} to 2 from 1",
            $"Scaled down replica set {old} to 0 from 1");
    }

    [Fact]
    public void Going_back_takes_the_replica_set_of_then_with_a_new_revision()
    {
        Roll();
        bench.SettleReady();
        bench.SetImage("example.test/app:1");
        bench.Settle();
        bench.SettleReady();
        JsonObject back = bench.Sets.Single(s => s.Replicas() == 2);
        bench.Sets.Should().HaveCount(2);
        back.TextAt("metadata", "annotations", RevisionAnnotations.Revision).Should().Be("3");
        back.TextAt("metadata", "annotations", RevisionAnnotations.History).Should().Be("1");
        bench.Get(Kinds.Deployments, "web").TextAt("metadata", "annotations", RevisionAnnotations.Revision).Should().Be("3");
    }

    [Fact]
    public void Recreate_makes_no_new_pod_before_the_last_old_one_is_gone()
    {
        Create(Manifests.Deployment(spec: """{"strategy": {"type": "Recreate", "rollingUpdate": null}}"""));
        bench.SettleReady();
        HoldPods();
        bench.SetImage("example.test/app:2");
        bench.Settle();
        bench.Pods.Should().OnlyContain(p => Image(p) == "example.test/app:1").And.HaveCount(2);
        bench.Counters().Should().Be((0, 0, 0, 0, 0), "pods that were told to end do not count");

        ReleasePods();
        bench.Settle();
        bench.Pods.Should().OnlyContain(p => Image(p) == "example.test/app:2").And.HaveCount(2);
        bench.SettleReady();
        bench.Condition("Progressing").Should().Be("True NewReplicaSetAvailable");
    }

    [Fact]
    public void While_paused_a_new_template_starts_nothing_but_scaling_works()
    {
        Create(Manifests.Deployment(1));
        bench.SettleReady();
        Edit(d => d["spec"]!["paused"] = true);
        bench.Condition("Progressing").Should().Be("Unknown DeploymentPaused");
        bench.SetImage("example.test/app:2");
        Edit(d => d["spec"]!["replicas"] = 2);
        bench.SettleReady();
        bench.Sets.Should().ContainSingle();
        bench.Counters().Should().Be((2, 0, 2, 2, 0));

        Edit(d => d["spec"]!["paused"] = false);
        bench.SettleReady();
        bench.Sets.Should().HaveCount(2);
        bench.Counters().Should().Be((2, 2, 2, 2, 0));
        bench.Condition("Progressing").Should().Be("True NewReplicaSetAvailable");
    }

    [Fact]
    public void Without_progress_for_its_deadline_a_rollout_is_stuck_and_going_back_mends_it()
    {
        Create(Manifests.Deployment(1, """{"progressDeadlineSeconds": 10}"""));
        bench.SettleReady();
        bench.SetImage("example.test/app:2");
        bench.Settle();
        bench.Time.Advance(TimeSpan.FromSeconds(9));
        bench.Settle();
        bench.Condition("Progressing").Should().Be("True ReplicaSetUpdated");
        TimeSpan? wait = bench.Look(Kinds.Deployments, "web");
        wait.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(2)).And.BePositive("nothing else will wake it");

        bench.Time.Advance(wait!.Value);
        bench.Settle();
        bench.Condition("Progressing").Should().Be("False ProgressDeadlineExceeded");
        bench.Counters().Should().Be((2, 1, 1, 1, 1));

        bench.SetImage("example.test/app:1");
        bench.SettleReady();
        bench.Condition("Progressing").Should().Be("True NewReplicaSetAvailable");
    }

    [Fact]
    public void A_finished_rollout_never_exceeds_its_deadline()
    {
        Create(Manifests.Deployment(1, """{"progressDeadlineSeconds": 10}"""));
        bench.SettleReady();
        bench.SetReady(bench.Pods[0], false);
        bench.Settle();
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        bench.Settle();
        bench.Condition("Progressing").Should().Be("True NewReplicaSetAvailable");
        bench.Condition("Available").Should().Be("False MinimumReplicasUnavailable");
    }

    [Fact]
    public void With_min_ready_seconds_a_ready_pod_is_available_only_after_them()
    {
        Create(Manifests.Deployment(1, """{"minReadySeconds": 3}"""));
        bench.SetReady(bench.Pods[0]);
        bench.Settle();
        bench.Counters().Should().Be((1, 1, 1, 0, 1));
        bench.Look(Kinds.ReplicaSets, bench.Sets[0].Name()).Should().Be(TimeSpan.FromSeconds(3), "nothing else will wake it");
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        bench.Settle();
        bench.Counters().Should().Be((1, 1, 1, 1, 0));
    }

    [Fact]
    public void Scaling_is_no_rollout()
    {
        Create(Manifests.Deployment());
        bench.SettleReady();
        Edit(d => d["spec"]!["replicas"] = 0);
        bench.Counters().Should().Be((0, 0, 0, 0, 0));
        bench.Condition("Available").Should().Be("True MinimumReplicasAvailable");
        Edit(d => d["spec"]!["replicas"] = 3);
        bench.Counters().Should().Be((3, 3, 0, 0, 3));
        bench.Condition("Progressing").Should().Be("True NewReplicaSetAvailable");
        bench.Sets.Should().ContainSingle();
    }

    [Fact]
    public void Scaling_in_the_middle_of_a_rollout_keeps_its_proportions()
    {
        Create(Manifests.Deployment(10, """{"strategy": {"rollingUpdate": {"maxSurge": 3, "maxUnavailable": 2}}}"""));
        bench.SettleReady();
        bench.SetImage("example.test/app:2");
        bench.Settle();
        bench.Sets.Select(s => s.Replicas()).Should().BeEquivalentTo([8, 5]);
        Edit(d => d["spec"]!["replicas"] = 15);
        bench.Sets.Select(s => s.Replicas()).Should().BeEquivalentTo([11, 7], "this is the example of the Kubernetes documentation");
    }

    [Fact]
    public void Old_replica_sets_are_kept_up_to_the_history_limit()
    {
        Create(Manifests.Deployment(1, """{"revisionHistoryLimit": 1}"""));
        bench.SettleReady();
        foreach (string image in (string[])["example.test/app:2", "example.test/app:3", "example.test/app:4"])
        {
            bench.SetImage(image);
            bench.Settle();
            bench.SettleReady();
        }
        bench.Sets.Select(s => s.TextAt("metadata", "annotations", RevisionAnnotations.Revision)).Should().BeEquivalentTo(["3", "4"]);
    }

    [Fact]
    public void A_deployment_made_again_takes_over_the_replica_set_that_was_orphaned()
    {
        Create(Manifests.Deployment());
        bench.SettleReady();
        string set = bench.Sets.Single().Name();
        // No garbage is collected on the bench; this is what orphaning leaves behind.
        bench.Cluster.Delete(Kinds.Deployments, "default", "web");
        bench.Change(Kinds.ReplicaSets, set, s => s.Metadata().Remove("ownerReferences"));
        List<string> pods = [.. bench.Pods.Select(p => p.Name())];
        Create(Manifests.Deployment());
        bench.Sets.Should().ContainSingle().Which.IsControlledBy(bench.Get(Kinds.Deployments, "web")).Should().BeTrue();
        bench.Pods.Select(p => p.Name()).Should().Equal(pods);
    }

    [Fact]
    public void A_replica_set_name_that_another_template_has_is_counted_as_a_collision()
    {
        Create(Manifests.Deployment());
        string taken = bench.Sets.Single().Name();
        bench.Cluster.Delete(Kinds.Deployments, "default", "web");
        bench.Cluster.Delete(Kinds.ReplicaSets, "default", taken);
        JsonObject stranger = Manifests.ReplicaSet();
        stranger["metadata"]!["name"] = taken;
        stranger["spec"]!["selector"]!["matchLabels"]!["app"] = "other";
        stranger["spec"]!["template"]!["metadata"]!["labels"]!["app"] = "other";
        bench.Cluster.Create(Kinds.ReplicaSets, stranger);

        bench.Cluster.Create(Kinds.Deployments, Manifests.Deployment());
        FluentActions.Invoking(() => bench.Look(Kinds.Deployments, "web")).Should().Throw<ApiException>();
        bench.Settle();
        bench.Get(Kinds.Deployments, "web").NumberAt("status", "collisionCount").Should().Be(1);
        bench.Sets.Should().Contain(s => s.Name() != taken && s.IsControlledBy(bench.Get(Kinds.Deployments, "web")));
    }

    [Fact]
    public void Nothing_is_written_when_nothing_is_to_be_done()
    {
        Create(Manifests.Deployment());
        bench.SettleReady();
        long before = bench.Cluster.Store.Revision;
        bench.Time.Advance(TimeSpan.FromHours(1));
        bench.Settle();
        bench.Cluster.Store.Revision.Should().Be(before);
    }

    private static string? Image(JsonObject pod) => pod.ObjectsAt("spec", "containers").Single().TextAt("image");

    private void Create(JsonObject deployment)
    {
        bench.Cluster.Create(Kinds.Deployments, deployment);
        bench.Settle();
    }

    private void Edit(Action<JsonObject> change)
    {
        bench.Change(Kinds.Deployments, "web", change);
        bench.Settle();
    }

    private void Roll()
    {
        Create(Manifests.Deployment());
        bench.SettleReady();
        bench.SetImage("example.test/app:2");
        bench.Settle();
    }

    // Pods on a node stay until their kubelet says that they ended.
    private void HoldPods()
    {
        foreach (JsonObject pod in bench.Pods)
            bench.Change(Kinds.Pods, pod.Name(), p => p.Metadata()["finalizers"] = new JsonArray("example.test/hold"));
    }

    private void ReleasePods()
    {
        foreach (JsonObject pod in bench.Pods)
            bench.Change(Kinds.Pods, pod.Name(), p => p.Metadata().Remove("finalizers"));
    }
}
