using System.Text;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests;

/// <summary>A change of a ConfigMap or Secret is released like one of the template.</summary>
public class ConfigTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task A_changed_config_is_released_step_by_step_and_promoted_to_the_copies_that_the_primary_reads()
    {
        await using var world = await cluster.WorldAsync();
        await InitializedAsync(world);
        Color(world, "podinfo-config-primary").Should().Be("red");
        Password(world, "podinfo-secret-primary").Should().Be("one");
        var pod = world.Get(Kinds.Deployments, "podinfo-primary")!["spec"]!["template"]!["spec"]!;
        pod["containers"]![0]!["envFrom"]![0]!["configMapRef"]!["name"]!.ToString().Should().Be("podinfo-config-primary");
        pod["volumes"]![0]!["secret"]!["secretName"]!.ToString().Should().Be("podinfo-secret-primary");

        await using var weights = new WeightRecorder(world);
        Paint(world, "blue");
        await world.WaitForAsync(Phase.Succeeded);

        weights.Seen.Should().Equal(0, 30, 60, 0);
        Color(world, "podinfo-config-primary").Should().Be("blue");
        world.Status().TrackedConfigs.Keys.Should().Equal("configmap/podinfo-config", "secret/podinfo-secret");
        // Each revision that is kept has its contents in a copy that nobody can change.
        world.Api.List(Kinds.ConfigMaps, world.Namespace).Where(map => map.Name.StartsWith("podinfo-podinfo-config-", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(map => (bool?)map["immutable"] == true);
    }

    [Fact]
    public async Task What_a_Secret_holds_stands_in_Secrets_alone()
    {
        await using var world = await cluster.WorldAsync();
        await InitializedAsync(world);
        world.Change(Kinds.Secrets, "podinfo-secret", secret => secret["data"]!["password"] = Manifests.Base64("two"));
        await world.WaitForAsync(Phase.Succeeded);

        Password(world, "podinfo-secret-primary").Should().Be("two");
        foreach (var kind in new[] { TestWorld.Canaries, Kinds.ControllerRevisions, Kinds.Events, Kinds.Deployments, Kinds.ConfigMaps })
            string.Concat(world.Api.List(kind, world.Namespace).Select(obj => obj.ToJsonString())).Should().NotContain(Manifests.Base64("two")).And.NotContain("\"two\"");
    }

    // The template of such a change is the old one, and pods that run go on with what they read when they started.
    [Fact]
    public async Task A_config_that_changes_in_mid_run_is_analysed_on_pods_that_were_started_with_it()
    {
        await using var world = await cluster.WorldAsync();
        await InitializedAsync(world);
        world.Metrics.SuccessRate = null;
        Paint(world, "blue");
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30 of the first change");
        var before = Pods(world);
        before.Should().HaveCount(2);

        Paint(world, "green");
        await world.WaitAsync(status => status is { Run.Id: "2" } && status.CanaryWeight.Percent == 30, "weight 30 of the second change");

        Pods(world).Should().HaveCount(2).And.NotIntersectWith(before);
        world.Status().History[0].Outcome.Should().Be(RunOutcome.Superseded);
        Color(world, "podinfo-config-primary").Should().Be("red");
    }

    [Fact]
    public async Task A_config_that_is_put_back_in_mid_run_ends_the_run_with_traffic_on_the_primary()
    {
        await using var world = await cluster.WorldAsync();
        await InitializedAsync(world);
        world.Metrics.SuccessRate = null;
        Paint(world, "blue");
        await world.WaitAsync(status => status.CanaryWeight.Percent == 30, "weight 30");

        Paint(world, "red");
        var status = await world.WaitForAsync(Phase.Succeeded);

        status.History[0].Outcome.Should().Be(RunOutcome.Reverted);
        Color(world, "podinfo-config-primary").Should().Be("red");
    }

    [Fact]
    public async Task A_target_without_a_config_that_it_needs_is_refused_until_it_is_there()
    {
        await using var world = await cluster.WorldAsync();
        await world.StartControllerAsync();
        world.Create(Kinds.Deployments, Manifests.DeploymentWithConfigs());
        world.Create(TestWorld.Canaries, Manifests.Canary());
        var refused = await world.WaitAsync(status => status.Conditions.Any(condition => condition.Reason == "TargetUnfit"), "refused");
        refused.Message.Should().Contain("ConfigMap podinfo-config, which does not exist");

        Manifests.CreateConfigs(world);

        await world.WaitForAsync(Phase.Initialized);
    }

    [Fact]
    public async Task Without_tracking_configs_are_neither_watched_nor_copied()
    {
        await using var world = await cluster.WorldAsync();
        using var inner = world.Client();
        var client = new CountingClient(inner);
        await world.StartControllerAsync(client, options: options => options with { EnableConfigTracking = false });
        Manifests.CreateConfigs(world);
        world.Create(Kinds.Deployments, Manifests.DeploymentWithConfigs());
        world.Create(TestWorld.Canaries, Manifests.Canary());
        await world.WaitForAsync(Phase.Initialized);

        client.Requests.Should().NotContain(request => request.Contains("Secret") || request.Contains("ConfigMap"));
        world.Get(Kinds.Deployments, "podinfo-primary")!["spec"]!["template"]!["spec"]!["containers"]![0]!["envFrom"]![0]!["configMapRef"]!["name"]!.ToString()
            .Should().Be("podinfo-config");
    }

    private static async Task InitializedAsync(TestWorld world)
    {
        await world.StartControllerAsync();
        Manifests.CreateConfigs(world);
        world.Create(Kinds.Deployments, Manifests.DeploymentWithConfigs());
        world.Create(TestWorld.Canaries, Manifests.Canary());
        await world.WaitForAsync(Phase.Initialized);
    }

    private static void Paint(TestWorld world, string color) => world.Change(Kinds.ConfigMaps, "podinfo-config", map => map["data"]!["color"] = color);

    private static string? Color(TestWorld world, string map) => world.Get(Kinds.ConfigMaps, map).Text("data", "color");

    private static string Password(TestWorld world, string secret) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(world.Get(Kinds.Secrets, secret).Text("data", "password") ?? ""));

    private static List<string> Pods(TestWorld world) =>
        [.. world.Api.List(Kinds.Pods, world.Namespace).Where(pod => pod.Labels["app"] == "podinfo" && !pod.IsBeingDeleted).Select(pod => pod.Uid)];
}
