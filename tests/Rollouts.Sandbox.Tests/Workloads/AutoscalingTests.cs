using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Autoscaling;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class AutoscalingTests
{
    private readonly Bench bench = new();

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    [InlineData(9, 4)]
    public void A_pod_autoscaler_keeps_its_target_within_its_bounds(int replicas, int kept)
    {
        Deploy(replicas);
        bench.Cluster.Create(Kinds.HorizontalPodAutoscalers, Manifests.Autoscaler(2, 4));
        bench.Settle();
        Replicas().Should().Be(kept);
        JsonNode? status = bench.Get(Kinds.HorizontalPodAutoscalers, "web")["status"];
        (status.Counter("currentReplicas"), status.Counter("desiredReplicas")).Should().Be((kept, kept));
        Conditions(Kinds.HorizontalPodAutoscalers).Should().Equal(
            "AbleToScale True ReadyForNewScale", "ScalingActive True ValidMetricFound", "ScalingLimited False DesiredWithinRange");
        bench.Told(Kinds.HorizontalPodAutoscalers).Should().HaveCount(replicas == kept ? 0 : 1);
    }

    [Fact]
    public void A_pod_autoscaler_leaves_a_target_at_zero_alone_and_goes_on_when_somebody_scales_it_up()
    {
        Deploy(0);
        bench.Cluster.Create(Kinds.HorizontalPodAutoscalers, Manifests.Autoscaler(2, 4));
        bench.Settle();
        Replicas().Should().Be(0);
        Conditions(Kinds.HorizontalPodAutoscalers).Should().Equal("AbleToScale True SucceededGetScale", "ScalingActive False ScalingDisabled");
        bench.Get(Kinds.HorizontalPodAutoscalers, "web").NumberAt("status", "desiredReplicas").Should().Be(0);

        Scale(1);
        Replicas().Should().Be(2);
        Conditions(Kinds.HorizontalPodAutoscalers).Should().Contain("ScalingActive True ValidMetricFound");
    }

    [Fact]
    public void A_pod_autoscaler_says_that_its_target_is_not_there()
    {
        bench.Cluster.Create(Kinds.HorizontalPodAutoscalers, Manifests.Autoscaler(2, 4));
        bench.Settle();
        Conditions(Kinds.HorizontalPodAutoscalers).Should().Equal("AbleToScale False FailedGetScale");
    }

    [Fact]
    public void A_change_of_a_deployment_concerns_its_own_autoscalers_alone()
    {
        bench.Cluster.Create(Kinds.HorizontalPodAutoscalers, Manifests.Autoscaler(2, 4));
        JsonObject other = Manifests.Autoscaler(2, 4, "other");
        other["spec"]!["scaleTargetRef"]!["name"] = "other";
        bench.Cluster.Create(Kinds.HorizontalPodAutoscalers, other);
        ScaleTarget.Interests(bench.Cluster, Kinds.HorizontalPodAutoscalers).Single(i => i.Kind == Kinds.Deployments)
            .Concerns(Manifests.Deployment()).Select(key => key.Name).Should().Equal("web");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    [InlineData(9, 4)]
    public void A_ScaledObject_keeps_its_target_within_its_bounds_but_never_wakes_it(int replicas, int kept)
    {
        Deploy(replicas);
        bench.Cluster.Create(Keda.ScaledObjects, Manifests.ScaledObject("""{"minReplicaCount": 2, "maxReplicaCount": 4}"""));
        bench.Settle();
        Replicas().Should().Be(kept);
        Conditions(Keda.ScaledObjects).Should().Equal(
            "Ready True ScaledObjectReady", kept > 0 ? "Active True ScalerActive" : "Active False ScalerNotActive", "Paused False ScaledObjectUnpaused");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(120, 100)]
    public void A_ScaledObject_that_names_no_bounds_has_those_of_KEDA(int replicas, int kept)
    {
        Deploy(replicas);
        bench.Cluster.Create(Keda.ScaledObjects, Manifests.ScaledObject());
        bench.Look(Keda.ScaledObjects, "web");
        Replicas().Should().Be(kept);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    public void A_paused_ScaledObject_scales_to_the_number_of_its_pause_whatever_its_bounds_are(string paused, int kept)
    {
        Deploy(3);
        bench.Cluster.Create(Keda.ScaledObjects, Manifests.ScaledObject("""{"minReplicaCount": 2, "maxReplicaCount": 4}"""));
        bench.Settle();
        Annotate(paused);
        Replicas().Should().Be(kept);
        Conditions(Keda.ScaledObjects).Should().Contain("Paused True ScaledObjectPaused");
        Scale(5);
        Replicas().Should().Be(kept, "a pause holds against others");

        Annotate(null);
        Replicas().Should().Be(Math.Min(kept, 4));
        Conditions(Keda.ScaledObjects).Should().Contain("Paused False ScaledObjectUnpaused");
        Scale(1);
        Replicas().Should().Be(2);
    }

    [Fact]
    public void A_pause_that_is_no_number_is_told_and_changes_nothing()
    {
        Deploy(3);
        JsonObject scaled = Manifests.ScaledObject("""{"maxReplicaCount": 1}""");
        scaled["metadata"]!["annotations"] = new JsonObject { ["autoscaling.keda.sh/paused-replicas"] = "none" };
        bench.Cluster.Create(Keda.ScaledObjects, scaled);
        bench.Settle();
        Replicas().Should().Be(3);
        Conditions(Keda.ScaledObjects).Should().Equal("Ready False ScaledObjectCheckFailed");
    }

    private void Deploy(int replicas)
    {
        bench.Cluster.Create(Kinds.Deployments, Manifests.Deployment(replicas));
        bench.Settle();
    }

    private long? Replicas() => bench.Get(Kinds.Deployments, "web").NumberAt("spec", "replicas");

    private void Scale(int replicas)
    {
        bench.Change(Kinds.Deployments, "web", d => d["spec"]!["replicas"] = replicas);
        bench.Settle();
    }

    private void Annotate(string? paused)
    {
        bench.Change(Keda.ScaledObjects, "web", s => s.Metadata().Ensure("annotations").Put("autoscaling.keda.sh/paused-replicas", paused));
        bench.Settle();
    }

    private IEnumerable<string> Conditions(ResourceKind kind) => bench.Get(kind, "web")["status"].ObjectsAt("conditions")
        .Select(c => $"{c.TextAt("type")} {c.TextAt("status")} {c.TextAt("reason")}");
}
