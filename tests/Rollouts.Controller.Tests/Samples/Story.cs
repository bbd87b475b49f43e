using Rollouts.Controller.Tests.Traces;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Samples;

/// <summary>What is done to a sample, and the forms of its route that this has to lead to, in the notation of the traces.</summary>
internal sealed record Story(string Routes)
{
    private const string ThreeSteps = "100/0, 90/10, 70/30, 40/60, 100/0", TwoSteps = "100/0, 80/20, 40/60, 100/0";

    /// <summary>The change that is released.</summary>
    public Action<TestWorld> Push { get; private init; } = world => world.SetImage("ghcr.io/stefanprodan/podinfo:6.0.1");

    /// <summary>What people do in the course of it, and their gates.</summary>
    public Func<TestWorld, TraceStub, Task> Approve { get; private init; } = (_, _) => Task.CompletedTask;

    /// <summary>By the name of the folder.</summary>
    public static IReadOnlyDictionary<string, Story> All { get; } = new Dictionary<string, Story>
    {
        // One of the two ways to ask for the new revision is a cookie.
        ["ab-test"] = new("cookie 100/0 ; 100/-, cookie 0/100 ; 100/-, cookie 100/0 ; 100/-"),
        ["blue-green"] = new("100/0, 0/100, 100/0"),
        ["blue-green-mirror"] = new("100/0, 100/0 mirror, 0/100, 100/0"),
        ["config-tracking"] = new(TwoSteps) { Push = world => world.Change(Kinds.ConfigMaps, "podinfo-config", config => config["data"]!["color"] = "blue") },
        ["daemonset"] = new(TwoSteps) { Push = world => world.SetImage("ghcr.io/stefanprodan/podinfo:6.0.1", kind: Kinds.DaemonSets) },
        ["gates"] = new(TwoSteps)
        {
            Approve = async (world, gates) =>
            {
                await world.WaitForAsync(Phase.Waiting);
                gates.Set("start", 200);
                await world.WaitForAsync(Phase.WaitingPromotion);
                gates.Set("promotion", 200);
            },
        },
        ["hpa"] = new(TwoSteps),
        ["istio-canary"] = new(ThreeSteps),
        ["manual-promote"] = new(ThreeSteps) { Approve = (world, _) => PromoteAsync(world, status => status.Phase == Phase.WaitingPromotion) },
        ["mirrored-ramp"] = new("100/0, 100/0 mirror 50%, 80/20, 40/60, 100/0"),
        ["schedule"] = new(ThreeSteps),
        ["service-target"] = new(TwoSteps) { Push = world => world.Change(Kinds.Services, "podinfo", service => service["spec"]!["selector"]!["version"] = "green") },
        ["session-affinity"] = new("100/0, cookie 0/100 ; 80/20, cookie 0/100 ; 40/60, 100/0, cookie 100/0 ; 100/0"),
        ["skip-analysis"] = new("100/0"),
        ["steps"] = new("100/0, 95/5, 50/50, 0/100, 100/0")
        {
            Approve = (world, _) => PromoteAsync(world, status => status.Run is { Step: > 0 } run && run.StepProgram[run.Step - 1] == "pause: until promoted"),
        },
    };

    private static async Task PromoteAsync(TestWorld world, Func<CanaryStatus, bool> when)
    {
        var waiting = await world.WaitAsync(when, "a wait for approval");
        world.Annotate("rollouts.dev/promote", $"{waiting.Run!.Revision} looks good");
    }
}
