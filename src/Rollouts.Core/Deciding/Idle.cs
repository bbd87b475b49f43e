using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Phases;
using Rollouts.Core.Routing;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>No run is under way: a new revision starts one, and that is all that can.</summary>
internal static class Idle
{
    public static Decision Decide(Turn seen)
    {
        if (seen.Seen.Target is not { Workload: var target })
            return seen.Say(Waits.NoTarget(seen.Names)).Rest();

        var turn = Afterwards.Take(seen);
        // The next run takes the place of this one in the status, and with it of what has to be told of its end.
        if (Afterwards.AreOwing(turn))
            return turn.Say(Runs.Resting(turn.Names, turn.Status)).LookAgain(Drained(turn));
        if (turn.Status.Phase == Phase.Failed && target.Revision == turn.Status.StableRevision)
            return Revert(turn, target);
        if (turn.Status.Phase == Phase.Failed)
        {
            if (turn.Asked(ControlKind.Retry, target.Revision) is { } retry && target.Revision == turn.Status.LastAppliedSpec)
                return Begin(Hands.Swallow(turn.Consume(retry)), target.Revision, Runs.Retried(turn.Names, target.Revision, retry), "Retried", retry);
            if (turn.Run.RetiredAt is null && target.Wanted == 0 && turn.Seen.Route.IsAt(Traffic.AllPrimary))
                return turn.WithRun(run => run with { RetiredAt = turn.Now }).Rest();
        }

        if (target.Revision != turn.Status.LastAppliedSpec)
            return Begin(Hands.Swallow(turn), target.Revision, Runs.Started(turn.Names, target.Revision));
        if (Undo.On(turn, target) is { } undone)
            return undone;
        return Hands.Swallow(turn).Say(Runs.Resting(turn.Names, turn.Status)).LookAgain(Drained(turn));
    }

    /// <summary>A new run, at once or once nothing keeps it from starting.</summary>
    /// <param name="news">The word for <paramref name="message"/> where it has to be told although the run is kept from starting.</param>
    /// <param name="by">Who asked for it; null: nobody, the revision is new.</param>
    public static Decision Begin(Turn asked, string revision, string message, string? news = null, Control? by = null)
    {
        var turn = Hands.SwallowRollback(asked);
        var told = news is null ? turn : turn.Tell(news, message);
        var fresh = New(turn, revision);
        var run = by is null ? fresh : fresh.By(by, turn.Now);
        if (Brakes.OnStart(turn, revision) is { } brakes)
            return Withhold(told, run, "Withheld", brakes.Sentence, brakes.Until);
        return Gates.Of(turn, HookKind.ConfirmRollout).Any()
            ? Withhold(told, run, "WaitingForRollout", Waits.Gate(HookKind.ConfirmRollout), null)
            : Start(turn, run, message);
    }

    /// <summary>A run that begins now: everything on the primary, step 0 of the program.</summary>
    public static Decision Start(Turn turn, RunStatus run, string message) =>
        turn.Fire(Signal.RevisionSeen)
            .With(status => status with
            {
                LastAppliedSpec = run.Revision,
                FailedChecks = 0,
                Run = run with { StartedAt = turn.Now, StepStartedAt = turn.Now, StepProgram = StepProgram.Contents(turn.Program) },
            })
            .Tell("RevisionSeen", message)
            .Rest();

    /// <summary>A run that has not begun. Runs are numbered over the life of the Canary, so that "run 7" means one thing in events, status and logs.</summary>
    public static RunStatus New(Turn turn, string revision) => new()
    {
        Id = int.TryParse(turn.Status.Run?.Id, out var last) ? $"{last + 1}" : "1",
        Revision = revision,
        StartedAt = turn.Now,
    };

    private static Decision Withhold(Turn turn, RunStatus run, string reason, string sentence, DateTimeOffset? until) =>
        turn.Fire(Signal.Withheld).With(status => status with { FailedChecks = 0, Run = run }).Tell(reason, sentence).LookAgain(until);

    // A candidate that failed is scaled down first: in Succeeded nobody would do it any more.
    private static Decision Revert(Turn turn, WorkloadFacts target) =>
        turn.Run.RetiredAt is null && target.Wanted > 0
            ? turn.Say(turn.Seen.Route.IsAt(Traffic.AllPrimary) ? Waits.Retirement(turn.Names) : Waits.Route(turn.Names, Traffic.AllPrimary)).LookAgain(Drained(turn))
            : turn.Fire(Signal.Reverted)
                .With(status => status with { LastAppliedSpec = target.Revision })
                .Tell("Reverted", Runs.BackOnStable(turn.Names, target.Revision))
                .Rest();

    /// <summary>When a candidate that failed may be scaled down; null where there is none left.</summary>
    private static DateTimeOffset? Drained(Turn turn) =>
        turn.Status is { Phase: Phase.Failed, Run.RetiredAt: null } ? turn.Seen.Route.Since + Observation.Draining : null;
}
