using Rollouts.Controller.Tests.Traces;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Tests.Samples;

/// <summary>Applies a sample, releases a change of it, and follows that to its end.</summary>
internal static class SamplePlay
{
    // Shut until the story opens them; the last one, which calls a run off by a yes, stays so.
    private static readonly string[] Gates = ["start", "promotion", "stop"];

    /// <returns>The last status, and the forms of the route.</returns>
    public static async Task<(CanaryStatus Status, string Routes)> RunAsync(TestCluster cluster, string sample, Story story, double successRate = 100)
    {
        await using var world = await cluster.WorldAsync();
        await using var stub = await TraceStub.StartAsync(new Turnstile());
        await using var recorder = new TraceRecorder(world);
        world.Metrics.SuccessRate = successRate;
        foreach (var gate in Gates)
            stub.Set(gate, 403);

        await world.StartControllerAsync();
        await Sample.ApplyAsync(sample, world, $"{stub.Url}/hook/{world.Namespace}/");
        await world.WaitForAsync(Phase.Initialized);
        story.Push(world);
        await story.Approve(world, stub);
        var status = await world.WaitAsync(status => status.Phase is Phase.Succeeded or Phase.Failed, "an end");
        // The recorder watches for itself, and may be a moment behind.
        await recorder.UntilAsync(() => recorder.Phases.EndsWith(status.Phase.ToString()) && recorder.Routes == story.Routes ? recorder : null, TimeSpan.FromSeconds(5));
        return (status, recorder.Routes);
    }
}
