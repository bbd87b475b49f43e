using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads;
using Rollouts.Sandbox.Workloads.Kubelets;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class KubeletTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_pod_is_bound_to_the_node_and_runs_and_is_ready_after_its_time()
    {
        await using var world = new World(new WorkloadOptions { Time = time, ReadyAfter = TimeSpan.FromSeconds(30) });
        world.Cluster.Create(Kinds.Pods, Manifests.Pod());
        JsonObject running = await world.Until(Kinds.Pods, "lonely", p => p.TextAt("status", "phase") == "Running");
        running.IsReady().Should().BeFalse();
        running.TextAt("spec", "nodeName").Should().Be("fake-node-0");
        running.TextAt("status", "podIP").Should().StartWith("10.244.0.");
        running.ObjectsAt("status", "conditions").Select(c => $"{c.TextAt("type")}={c.TextAt("status")}").Should().Contain(
            ["PodScheduled=True", "Initialized=True", "ContainersReady=False", "Ready=False"]);
        JsonObject ready = await world.Until(Kinds.Pods, "lonely", p => p.IsReady());
        var age = ready["status"].Condition("Ready").MomentAt("lastTransitionTime") - ready.MomentAt("status", "startTime");
        age.Should().BeCloseTo(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_pod_may_say_itself_when_it_is_ready()
    {
        await using var world = new World(new WorkloadOptions { Time = time, ReadyAfter = TimeSpan.FromHours(1) });
        world.Cluster.Create(Kinds.Pods, Annotated("ready-after", "2.5"));
        DateTimeOffset before = time.GetUtcNow();
        await world.Until(Kinds.Pods, "lonely", p => p.IsReady());
        (time.GetUtcNow() - before).Should().BeLessThan(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task What_others_write_into_a_pods_status_is_never_reverted()
    {
        await using var world = new World(new WorkloadOptions { Time = time });
        world.Cluster.Create(Kinds.Pods, Annotated("ready-after", "100000"));
        JsonObject pod = await world.Until(Kinds.Pods, "lonely", p => p.TextAt("status", "phase") == "Running");
        PodStatus.SetCondition(pod.ObjectAt("status")!, "Ready", true, null, null, time.GetUtcNow());
        world.Cluster.Update(Kinds.Pods, pod, "status");
        // A later pod has come all the way: by then the kubelet has seen the change of the first one.
        world.Cluster.Create(Kinds.Pods, Manifests.Pod("later"));
        await world.Until(Kinds.Pods, "later", p => p.IsReady());
        world.Cluster.Get(Kinds.Pods, "default", "lonely")!.IsReady().Should().BeTrue();
    }

    [Fact]
    public async Task A_pod_that_crashes_shows_crash_loop_back_off_with_a_growing_count()
    {
        await using var world = new World(new WorkloadOptions { Time = time });
        DateTimeOffset before = time.GetUtcNow();
        world.Cluster.Create(Kinds.Pods, Annotated("outcome", "crash"));
        JsonObject pod = await world.Until(Kinds.Pods, "lonely", p => Waiting(p) == "CrashLoopBackOff");
        (pod["status"].Condition("Ready").MomentAt("lastTransitionTime") - before).Should().BeLessThan(TimeSpan.FromSeconds(2));
        JsonObject container = pod.ObjectsAt("status", "containerStatuses").Single();
        container.NumberAt("restartCount").Should().Be(1);
        container.NumberAt("lastState", "terminated", "exitCode").Should().Be(1);
        container.TextAt("lastState", "terminated", "reason").Should().Be("Error");
        container.TextAt("lastState", "terminated", "message").Should().NotBeNullOrEmpty();
        pod.IsReady().Should().BeFalse();
        await world.Until(Kinds.Pods, "lonely", p => p.ObjectsAt("status", "containerStatuses").Single().NumberAt("restartCount") == 3);
    }

    [Fact]
    public async Task A_pod_whose_image_cannot_be_pulled_stays_pending()
    {
        await using var world = new World(new WorkloadOptions { Time = time });
        world.Cluster.Create(Kinds.Pods, Annotated("outcome", "image-pull"));
        JsonObject failed = await world.Until(Kinds.Pods, "lonely", p => Waiting(p) == "ErrImagePull");
        failed.TextAt("status", "phase").Should().Be("Pending");
        JsonObject pod = await world.Until(Kinds.Pods, "lonely", p => Waiting(p) == "ImagePullBackOff");
        pod.ObjectsAt("status", "containerStatuses").Single().TextAt("state", "waiting", "message").Should()
            .Be("Back-off pulling image \"example.test/app:1\"");
        world.Controllers.Network.Resolve(pod.TextAt("status", "podIP")!, 8080).Should().BeNull("nothing runs that could listen");
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read_is_a_crash_that_says_so()
    {
        await using var world = new World(new WorkloadOptions { Time = time });
        world.Cluster.Create(Kinds.Pods, Annotated("outcome", "perhaps"));
        JsonObject pod = await world.Until(Kinds.Pods, "lonely", p => Waiting(p) == "CrashLoopBackOff");
        pod.ObjectsAt("status", "containerStatuses").Single().TextAt("lastState", "terminated", "message").Should()
            .Contain("fake-kubelet/outcome: \"perhaps\" is none of ready, never-ready, crash, image-pull");
    }

    [Fact]
    public async Task A_pod_that_no_node_suits_is_unschedulable_until_one_does()
    {
        await using var world = new World(new WorkloadOptions { Time = time });
        world.Cluster.Create(Kinds.Pods, Manifests.Pod(pod: """{"spec": {"nodeSelector": {"disk": "fast"}}}"""));
        await world.Until(Kinds.Pods, "lonely", p => p["status"].Condition("PodScheduled").TextAt("reason") == "Unschedulable");
        JsonObject node = world.Cluster.Get(Kinds.Nodes, null, "fake-node-0")!;
        node["metadata"]!["labels"]!["disk"] = "fast";
        world.Cluster.Update(Kinds.Nodes, node);
        await world.Until(Kinds.Pods, "lonely", p => p.IsReady());
    }

    [Fact]
    public async Task A_pod_of_another_node_is_left_alone()
    {
        await using var world = new World(new WorkloadOptions { Time = time });
        world.Cluster.Create(Kinds.Pods, Manifests.Pod("elsewhere", """{"spec": {"nodeName": "no-such-node"}}"""));
        world.Cluster.Create(Kinds.Pods, Manifests.Pod());
        await world.Until(Kinds.Pods, "lonely", p => p.IsReady());
        world.Cluster.Get(Kinds.Pods, "default", "elsewhere")!.TextAt("status", "podIP").Should().BeNull();
    }

    [Fact]
    public async Task A_pod_that_is_deleted_is_gone_and_its_address_is_free()
    {
        await using var world = new World(new WorkloadOptions { Time = time });
        world.Cluster.Create(Kinds.Pods, Manifests.Pod());
        string ip = (await world.Until(Kinds.Pods, "lonely", p => p.IsReady())).TextAt("status", "podIP")!;
        world.Controllers.Network.Resolve(ip, 8080).Should().NotBeNull();
        world.Cluster.Delete(Kinds.Pods, "default", "lonely").Should().BeTrue();
        await world.UntilAll(Kinds.Pods, pods => pods.Count == 0);
        world.Controllers.Network.Resolve(ip, 8080).Should().BeNull();
    }

    private static string? Waiting(JsonObject pod) =>
        pod.ObjectsAt("status", "containerStatuses").FirstOrDefault().TextAt("state", "waiting", "reason");

    private static JsonObject Annotated(string name, string value) =>
        Manifests.Pod(pod: $$$"""{"metadata": {"annotations": {"fake-kubelet/{{{name}}}": "{{{value}}}" } } }""");
}
