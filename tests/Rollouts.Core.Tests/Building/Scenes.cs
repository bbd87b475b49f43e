using System.Text.Json.Nodes;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Building;

/// <summary>Where tests start: everything in order, at noon.</summary>
internal static class Scenes
{
    /// <summary>A Canary was applied beside a Deployment that serves version 1; nothing else is there.</summary>
    public static Scene Applied() => new() { Target = Versions.Target("1") };

    /// <summary>The primary of version 1 was begun.</summary>
    public static Scene Initializing() => Applied() with
    {
        Status = CanaryStatus.None with
        {
            StableRevision = Versions.V1,
            LastAppliedSpec = Versions.V1,
            LastPromotedSpec = Versions.V1,
            LastTransitionTime = Scene.Noon,
        },
        Snapshots = Kept("1"),
    };

    /// <summary>Version 1 serves from the primary and the target rests.</summary>
    public static Scene Resting() => (Initializing() with
    {
        Status = Initializing().Status with { Phase = Phase.Initialized },
        Target = Resting("1"),
        Primary = Versions.Ready(Versions.V1),
        ApexOnPrimary = true,
    }).RouteAt(0);

    /// <summary>A run of version 2 at one of its weights, 0 for the time before the first; the route is there since noon.</summary>
    public static Scene Progressing(int weight = 20) => (Resting() with
    {
        Status = Resting().Status with
        {
            Phase = Phase.Progressing,
            LastAppliedSpec = Versions.V2,
            Run = new RunStatus
            {
                Id = "1",
                Revision = Versions.V2,
                StartedAt = Scene.Noon.AddSeconds(-30),
                Step = weight / 20,
                StepStartedAt = Scene.Noon.AddSeconds(-1),
                StepProgram = ["setWeight: 20", "setWeight: 40", "setWeight: 60"],
                Split = new Split(new Weight(weight)),
                Reached = new Split(new Weight(weight)),
            },
        },
        Target = Versions.Target("2"),
        Snapshots = Kept("1", "2"),
    }).RouteAt(weight);

    /// <summary>Version 2 passed all its steps and waits for a person.</summary>
    public static Scene WaitingPromotion() => In(Progressing(60), Phase.WaitingPromotion) with { Analysis = """ "promotion": "manual" """ };

    /// <summary>Version 2 passed all its steps, and the primary was not touched yet.</summary>
    public static Scene Promoting() => In(Progressing(60), Phase.Promoting);

    /// <summary>The primary runs version 2 and the route still shares.</summary>
    public static Scene Finalising()
    {
        var scene = In(Progressing(60), Phase.Finalising).WithRun(run => run with { Split = Split.AllPrimary });
        return scene with
        {
            Status = scene.Status with { StableRevision = Versions.V2, LastPromotedSpec = Versions.V2 },
            Primary = Versions.Ready(Versions.V2),
        };
    }

    /// <summary>The run of version 2 was rolled back, and its pods are gone.</summary>
    public static Scene Failed()
    {
        var scene = In(Progressing(20), Phase.Failed).WithRun(run => run with { Split = Split.AllPrimary, RetiredAt = Scene.Noon });
        return (scene with
        {
            Target = Resting("2"),
            Status = scene.Status with
            {
                History = [new RunRecord
                {
                    Run = "1",
                    Revision = Versions.V2,
                    Started = Scene.Noon,
                    Finished = Scene.Noon,
                    Outcome = RunOutcome.Failed,
                    Reason = "request-success-rate is 90%; failed check 3 of 3, rolled back.",
                }],
            },
        }).RouteAt(0);
    }

    /// <summary>The Canary was deleted while version 1 served from the primary.</summary>
    public static Scene Terminating() => In(Resting(), Phase.Terminating) with { IsDeleted = true };

    public static TargetFacts Resting(string version) =>
        Versions.Target(version, 0) with { Workload = Versions.Ready(Versions.RevisionOf(version), 0) };

    public static IReadOnlyDictionary<string, JsonObject> Kept(params string[] versions) =>
        versions.ToDictionary(Versions.RevisionOf, Versions.Snapshot);

    private static Scene In(Scene scene, Phase phase) => scene with { Status = scene.Status with { Phase = phase } };
}
