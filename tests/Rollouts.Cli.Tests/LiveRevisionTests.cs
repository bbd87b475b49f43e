using System.Text.Json.Nodes;
using Rollouts.Cli.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Cli.Tests;

/// <summary>A wait knows what the target holds by the name that the controller gives it, whatever kind of target it is.</summary>
public sealed class LiveRevisionTests
{
    [Theory]
    [InlineData("daemonset")]
    [InlineData("service-target")]
    [InlineData("config-tracking")]
    public async Task What_a_target_of_each_kind_holds_is_promoted_once_its_canary_is_initialized(string sample)
    {
        await using var world = await InitializedAsync(sample);

        (await world.RunAsync("wait", "podinfo", "--for", "promoted", "--timeout", "30s")).Should().Match<Answer>(answer => answer.Code == 0, sample);
    }

    [Fact]
    public async Task A_service_that_was_changed_after_the_controller_looked_is_not_taken_for_promoted() =>
        await NotPromotedAsync("service-target", Kinds.Services, "podinfo", service => service["spec"]!["selector"]!["version"] = "green");

    [Fact]
    public async Task A_config_that_was_changed_after_the_controller_looked_is_not_taken_for_promoted() =>
        await NotPromotedAsync("config-tracking", Kinds.ConfigMaps, "podinfo-config", config => config["data"]!["color"] = "green");

    [Fact]
    public async Task A_pipeline_that_may_not_read_a_config_takes_what_the_controller_saw_last()
    {
        var faults = new Forbidding();
        await using var world = await InitializedAsync("config-tracking", faults);
        faults.IsOn = true;

        (await world.RunAsync("wait", "podinfo", "--for", "promoted", "--timeout", "30s")).Code.Should().Be(0);
    }

    [Fact]
    public async Task A_config_that_nobody_has_seen_and_that_may_not_be_read_ends_the_wait_with_the_mend()
    {
        await using var world = await CliWorld.StartAsync(faults: new Forbidding { IsOn = true });
        world.Create("config-tracking");

        var answer = await world.RunAsync("wait", "podinfo", "--for", "promoted", "--timeout", "30s");
        answer.Code.Should().Be(1);
        answer.Error.Should().Contain("ConfigMap podinfo-config, which may not be read").And.Contain("mend:");
    }

    private static async Task NotPromotedAsync(string sample, ResourceKind kind, string name, Action<JsonObject> change)
    {
        await using var world = await InitializedAsync(sample);
        await world.StopControllerAsync();
        var changed = world.Cluster.Get(kind, "default", name)!;
        change(changed);
        world.Cluster.Update(kind, changed);

        (await world.RunAsync("wait", "podinfo", "--for", "promoted", "--timeout", "300ms")).Code.Should().Be(3);
    }

    private static async Task<CliWorld> InitializedAsync(string sample, IRequestFaults? faults = null)
    {
        var world = await CliWorld.StartAsync(faults: faults);
        world.Create(sample);
        await world.StartControllerAsync();
        await world.UntilAsync(status => status.Phase == Phase.Initialized);
        return world;
    }

    /// <summary>Nobody may get a ConfigMap by its name.</summary>
    private sealed class Forbidding : IRequestFaults
    {
        public bool IsOn { get; set; }

        public RequestFault? For(ApiRequest request) =>
            IsOn && request.Method == "GET" && request.Path.Contains("/configmaps/", StringComparison.Ordinal) ? RequestFault.Forbidden : null;
    }
}
