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

    /// <summary>How many kills there is time for, spread over all writes; each before and after a write counts as one.</summary>
    public int Kills { get; init; } = 8;

    /// <summary>Whether initialising counts too; it is the same for all.</summary>
    public bool FromTheBeginning { get; init; }

    /// <summary>What has happened before anybody is killed.</summary>
    public Func<TestWorld, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>What is then asked for.</summary>
    public Func<TestWorld, Task> Play { get; init; } = world =>
    {
        world.SetImage("podinfo:2");
        return Task.CompletedTask;
    };

    /// <summary>The status with which the story is over; null: the Canary is gone.</summary>
    public Func<CanaryStatus, bool>? Over { get; init; } = status => status.Phase == Phase.Succeeded;

    public string PrimaryImage { get; init; } = "podinfo:2";

    public string Outcomes { get; init; } = "Promoted";

    public int TargetReplicas { get; init; }

    /// <summary>Waits until the story is over, with all that follows from its last status.</summary>
    public Task EndAsync(Chronicle chronicle) => chronicle.UntilAsync(
        seen => Over is null ? seen.IsGone : Over(seen.Status) && seen.Weight == 0 && seen.Routes.EndsWith(Routes.Split(", ")[^1], StringComparison.Ordinal));
}
