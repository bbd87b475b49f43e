using Rollouts.Core.Blueprints;
using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>The candidate is tried step by step. What can end the run comes first, what moves it forward last.</summary>
internal static class Progressing
{
    public static Decision Decide(Turn turn) =>
        Undo.WaitForTarget(turn)
        ?? RunEnd.Of(turn)
        ?? Restart.Of(turn)
        ?? Hands.On(turn)
        ?? FirstStep.Promote(turn)
        ?? WaitForCandidate(turn)
        ?? Try(FirstStep.Ready(turn));

    private static Decision Try(Turn turn) =>
        PassUntested(turn)
        ?? WaitForRoute(turn)
        ?? Move(turn.WithoutOldHold());

    private static Decision? WaitForCandidate(Turn turn)
    {
        if (turn.Seen.Target is { Workload: var candidate } && candidate.IsReady(turn.Spec.Analysis.CanaryReadyThreshold) && IsScaled(turn, candidate))
            return null;
        var deadline = turn.Run.StartedAt + turn.Spec.ProgressDeadline;
        // Who has been ready already is past the deadline, and a hold has one of its own.
        return turn.Run is { Step: 0, ReadyAt: null }
            ? turn.Say(Waits.Candidate(turn.Names, turn.Seen.Target?.Workload)).LookAgain(deadline)
            : Holding.Hold(turn, Waits.Candidate(turn.Names, turn.Seen.Target?.Workload));
    }

    // The pods that a step has just asked for are not there while the old number is still wanted.
    private static bool IsScaled(Turn turn, WorkloadFacts candidate) =>
        turn.Run.Scale is not { } scale || candidate.Wanted == CandidateScale.Asked(turn.Seen, scale);

    /// <summary>Whether the run is promoted as soon as it is ready, so that nobody is to be asked about it.</summary>
    public static bool IsUntested(Turn turn) => turn.Spec.SkipAnalysis || turn.Run.Proven;

    /// <summary>A run without analysis: asked for, or of a revision that was proven good before.</summary>
    private static Decision? PassUntested(Turn turn)
    {
        if (!IsUntested(turn))
            return null;
        if (turn.Asked(ControlKind.Promote, turn.Run.Revision) is { } promote && Brakes.OnStart(turn, turn.Run.Revision) is null)
            return Moving.PromoteByHand(turn, promote);
        return Brakes.On(turn) is { } brakes
            ? turn.Say(brakes.Sentence).LookAgain(brakes.Until)
            : Moving.Promote(turn, Signal.ProgramPassed, Runs.Untested(turn.Names, turn.Run));
    }

    private static Decision? WaitForRoute(Turn turn)
    {
        if (turn.Seen.Route.IsAt(Traffic.Of(turn.Run)))
            return null;
        if (turn.Asked(ControlKind.Promote, turn.Run.Revision) is { Full: true } promote && Brakes.OnStart(turn, turn.Run.Revision) is null)
            return Moving.ByHand(turn, promote);
        var mayPromote = Brakes.On(turn) is null && turn.Spec.Analysis.Promotion == PromotionMode.Automatic;
        if (mayPromote && turn.Seen.Primary is { ReadyEndpoints: 0 })
            return Rescue(turn);
        // The route may have been there for long and have been moved by somebody else just now: it is put right, and the run is not to blame.
        var end = Checks.Later(turn.Run.StepStartedAt, turn.Seen.Route.Since) + turn.Spec.Analysis.MaxHold;
        var waiting = Waits.Route(turn.Names, Traffic.Of(turn.Run));
        return turn.Run.Paused is null && turn.Now >= end ? Holding.End(turn, waiting) : turn.Say(waiting).LookAgain(end);
    }

    /// <summary>
    /// A primary without a ready pod serves nobody, and no split with it may be written: a candidate that is ready is the fix, and
    /// steps would only keep it from the users (fluxcd/flagger#639, #1207: an unhealthy primary blocks its own fix).
    /// </summary>
    private static Decision Rescue(Turn turn) =>
        Moving.Promote(turn, Signal.ProgramPassed, Runs.Rescued(turn.Names, turn.Run), warning: true);

    private static Decision Move(Turn turn)
    {
        if (turn.Asked(ControlKind.Promote, turn.Run.Revision) is { } promote && Brakes.OnStart(turn, turn.Run.Revision) is null)
            return Moving.ByHand(turn, promote);
        if (turn.Run.Step == 0)
            // Noted before what comes next is asked: else the observer would ask for this one for ever.
            return Rounds.PreRollout(turn) ?? Moving.Forward(Gates.Note(turn, HookKind.PreRollout));
        return Rounds.Decide(turn, Moving.Forward);
    }
}
