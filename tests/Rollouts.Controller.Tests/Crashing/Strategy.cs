using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>A way to release, and all that is to be seen of it from outside, whoever is killed meanwhile.</summary>
/// <param name="Analysis">The fields of spec.analysis besides interval, threshold and metrics.</param>
/// <param name="Routes">Every route, in order.</param>
internal sealed record Strategy(string Analysis, string Routes)
{
    public string More { get; init; } = "";

    /// <summary>Of the candidate, in percent; null: nobody can tell.</summary>
    public double? SuccessRate { get; init; } = 100;

    /// <summary>Whether initialising counts too; it is the same for all whose target is a Deployment alone.</summary>
    public bool FromTheBeginning { get; init; }

    /// <summary>Makes target and Canary.</summary>
    public Action<TestNamespace, JsonObject> Make { get; init; } = (world, canary) =>
    {
        world.Create(Kinds.Deployments, Manifests.Deployment());
        world.Create(TestNamespace.Canaries, canary);
    };

    /// <summary>What has happened before anybody is killed.</summary>
    public Func<TestNamespace, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>What is then asked for, by somebody who looks at what there is: it can be asked for again at any later moment, and is asked for once.</summary>
    public Func<TestNamespace, Task> Play { get; init; } = world =>
    {
        world.SetImage("podinfo:2");
        return Task.CompletedTask;
    };

    /// <summary>The status with which the story is over; null: the Canary is gone.</summary>
    public Func<CanaryStatus, bool>? Over { get; init; } = status => status.Phase == Phase.Succeeded;

    /// <summary>What of the primary is looked at in the end.</summary>
    public Func<TestNamespace, string?> Primary { get; init; } = world => world.Image("podinfo-primary");

    /// <summary>What that is then.</summary>
    public string Serves { get; init; } = "podinfo:2";

    public string Outcomes { get; init; } = "Promoted";

    public int TargetReplicas { get; init; }

    public void Begin(TestNamespace world) => Make(world, Manifests.Canary(Analysis, More));

    /// <summary>Waits until the Canary is initialised, and asks.</summary>
    public async Task PlayAsync(TestNamespace world)
    {
        await world.WaitAsync(status => status.Phase != Phase.Initializing, "initialised");
        await Play(world);
    }

    /// <summary>Waits until the story is over, with all that follows from its last status.</summary>
    public Task EndAsync(Chronicle chronicle) => chronicle.UntilAsync(seen => Over is null
        ? seen.IsGone
        : Over(seen.Status) && seen.IsTold && seen.Weight == 0 && seen.Routes.EndsWith(Routes.Split(", ")[^1], StringComparison.Ordinal));

    public Story Told(Chronicle chronicle, TestNamespace world) => new(
        chronicle.Routes,
        chronicle.Places,
        Primary(world) ?? "",
        string.Join(", ", world.Status().History.Where(run => run.Outcome != RunOutcome.Initial).Select(run => run.Outcome)),
        world.Replicas("podinfo"));

    /// <summary>What of a story does not depend on the moments at which pods became ready.</summary>
    public Story Expected => new(Routes, "", Serves, Outcomes, TargetReplicas);
}
