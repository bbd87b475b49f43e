using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Controls;
using Rollouts.Core.Scheduling;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Simulation.Releasing;

/// <summary>Plays one release of a Canary in virtual time over invented traffic.</summary>
public static class Release
{
    /// <summary>Longer than any freeze that somebody would wait for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100);

    /// <summary>More steps than a program has; whoever is asked so often in vain is not who is waited for.</summary>
    private const int MostApprovals = 200;

    public static ReleaseReport Play(ReleaseRequest request)
    {
        var manifest = request.Canary.DeepClone().AsObject();
        manifest.Remove("status");
        // Nobody scales here, and a Canary without the autoscaler that it names waits for it.
        (manifest["spec"] as JsonObject)?.Remove("autoscalerRef");
        if (Canary.Parse(manifest).Canary is not { } canary)
            throw new ArgumentException("The Canary has errors.", nameof(request));
        var names = Names.Of(canary);
        var users = new Users(request, names, canary.Spec.Analysis.Match.Count > 0);
        var timeline = new Timeline(request.Start, users);
        var target = request.Target?.DeepClone().AsObject() ?? Targets.Made(names);
        var world = new World(manifest, target, request.Start - TimeSpan.FromHours(1), users, timeline);

        world.Run(canary.Spec.ProgressDeadline, now => now.Status.Phase == Phase.Initialized);
        world.Run(TimeSpan.FromSeconds(10));
        world.JumpClock(request.Start - world.Now);
        timeline.Begin();
        world.Push(Targets.Next(names.Kind, target));
        world.Run(TimeSpan.Zero);
        for (var asked = 0; world.Run(Longest, now => HasEnded(now) || Waits(now)) && !HasEnded(world) && request.Approve && asked < MostApprovals; asked++)
        {
            world.Ask(new Control(ControlKind.Promote, $"{world.Status.Run?.Revision} approved {asked}", "simulate"));
            world.Run(TimeSpan.FromSeconds(1));
        }
        var ending = world.Status.Phase switch
        {
            Phase.Succeeded => ReleaseEnding.Promoted,
            Phase.Failed => ReleaseEnding.RolledBack,
            _ => ReleaseEnding.Waits,
        };
        return new ReleaseReport(ending, timeline.Moments, world.Now - request.Start, users.Requests, users.Failed);
    }

    private static bool HasEnded(World world) => world.Status.Phase is Phase.Succeeded or Phase.Failed;

    private static bool Waits(World world)
    {
        if (world.Reading.Canary is not { } canary || world.Status.Run is not { } run)
            return false;
        if (canary.Spec.Suspend || run.Paused is not null)
            return true;
        // A window opens by itself.
        if (ReleaseWindow.At(canary.Spec.Schedule, world.Now) is WindowState.Closed { Until: not null })
            return false;
        return world.Status.Phase switch
        {
            Phase.Waiting => run.Gates.Any(gate => !gate.Open),
            Phase.WaitingPromotion => true,
            Phase.Progressing => Place.Of(StepProgram.Of(canary.Spec.Analysis), run).Here is { End: StepEnd.Approved },
            _ => false,
        };
    }
}
