using Rollouts.Model.Status;

namespace Rollouts.Cli.Waiting;

/// <summary>
/// What a wait is after: a revision, and the run of it once that has begun. A phase alone is never believed: right after a push it still
/// speaks of the revision before, so that what has ended must be the run that is followed or agree with what the target holds.
/// </summary>
/// <param name="Revision">Null until there is a target.</param>
/// <param name="Run">The run's id; null until a controller has begun it.</param>
internal sealed record Pursuit(string? Revision = null, string? Run = null)
{
    /// <summary>The pursuit after another look: it takes up what was pushed before a run began, and the run that takes another's place.</summary>
    public Pursuit Follow(Sight seen) => (Run, seen.Status.Run) switch
    {
        (null, { } run) when run.Revision == Wanted(seen) && HasBegun(seen.Status, run) => new(run.Revision, run.Id),
        (null, _) => new(Wanted(seen)),
        ({ } old, { } run) when run.Id != old && !HasEnded(seen.Status) => new(run.Revision, run.Id),
        _ => this,
    };

    /// <summary>What it has come to; null: it goes on.</summary>
    public Ending? End(Sight seen)
    {
        var status = seen.Status;
        if (Record(status) is { } record)
            return OfRecord(record);
        // With historyLimit 0 there is no record; a later run of another revision beside a primary that runs ours says the same.
        if (Run is not null && status.Run is { } later && later.Id != Run && status.StableRevision == Revision)
            return new(Result.Promoted, $"Revision {Revision} was promoted, and the next run is under way.");
        if (Run is not null && status.Phase == Phase.Failed)
            return new(Result.RolledBack, Message(status));
        if (status.Phase is not (Phase.Succeeded or Phase.Initialized))
            return null;
        if (status.StableRevision == Revision && (Run is not null || seen.Live == Revision))
            return new(Result.Promoted, Message(status));
        return Revision is not null && seen.Live is { } live && live == status.StableRevision
            ? new(Result.RolledBack, $"The target was set back to the promoted revision {live} before revision {Revision} was released.")
            : null;
    }

    /// <summary>The pause or wait of a person that holds up what is pursued; null where there is none.</summary>
    public Ending? Pause(Sight seen)
    {
        var status = seen.Status;
        var ours = Run is null ? status.Phase == Phase.Waiting && seen.Live != status.StableRevision : status.Run?.Id == Run && seen.Live == Revision;
        if (!ours || !seen.WaitsForPerson)
            return null;
        // The message may speak of what else goes on meanwhile; who holds it and why is what a pipeline's reader asks.
        return new(Result.Paused, status.Run is { Paused: { } pause } run && Run is not null ? Held(run, pause) : Message(status));
    }

    // What the target was set back to is not what this waits for.
    private string? Wanted(Sight seen) => Revision is not null && (seen.Live is null || seen.Live == seen.Status.StableRevision) ? Revision : seen.Live;

    /// <summary>Whether the status speaks of a run that is under way or has failed. In the other phases its run is one of the past.</summary>
    private static bool HasBegun(CanaryStatus status, RunStatus run) => status.Phase switch
    {
        Phase.Progressing or Phase.WaitingPromotion or Phase.Promoting or Phase.Failed => true,
        // On the way back from a run that was reverted the same revision may be pushed again, and then gets a run of its own.
        Phase.Finalising => status.StableRevision == run.Revision,
        Phase.Initializing or Phase.Initialized or Phase.Waiting or Phase.Succeeded or Phase.Terminating => false,
    };

    private RunRecord? Record(CanaryStatus status) => status.History.FirstOrDefault(record => record.Run == Run);

    // With historyLimit 0 nothing is recorded; a revision that serves was promoted.
    private bool HasEnded(CanaryStatus status) =>
        Record(status) is { } record ? record.Outcome != RunOutcome.Superseded : status.StableRevision == Revision;

    private static Ending? OfRecord(RunRecord record) => record.Outcome switch
    {
        RunOutcome.Initial or RunOutcome.Promoted => new(Result.Promoted, record.Reason ?? $"Revision {record.Revision} was promoted."),
        RunOutcome.Failed or RunOutcome.Aborted or RunOutcome.Reverted => new(Result.RolledBack, record.Reason ?? $"Revision {record.Revision} was rolled back."),
        RunOutcome.Superseded => null,
    };

    private static string Held(RunStatus run, Pause pause) => $"Paused at {run.Split} by {pause.By}{(pause.Reason is { } reason ? $": {reason}" : "")}.";

    private static string Message(CanaryStatus status) => status.Message ?? $"It is {status.Phase}.";
}
