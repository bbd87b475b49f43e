using Rollouts.Core.Controls;
using Rollouts.Core.Phases;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>A decision in the making: what was seen and the status that grows from it. Every method gives a new one.</summary>
internal sealed record Turn(Observation Seen, Canary Canary, CanaryStatus Status)
{
    private EquatableList<Step>? program;
    private (RunStatus? Run, Place? Place) found;

    public DateTimeOffset Now => Seen.Now;

    public CanarySpec Spec => Canary.Spec;

    public Names Names => Names.Of(Canary);

    /// <summary>The program as the spec has it now; the run's own is the one it has begun.</summary>
    public EquatableList<Step> Program => program ??= StepProgram.Of(Spec.Analysis);

    public Place Place
    {
        get
        {
            // Asked for many times in a turn; only another run, or another state of it, has another place.
            if (!ReferenceEquals(found.Run, Run) || found.Place is not { } place)
                found = (Run, place = Place.Of(Program, Run));
            return place;
        }
    }

    /// <summary>The present step; null before the first, and where it was edited away.</summary>
    public Step? Step => Place.Here;

    /// <summary>The run under way; only asked for in phases that have one.</summary>
    public RunStatus Run => Status.Run ?? throw new InvalidOperationException($"The phase {Status.Phase} has no run: the status was edited by hand.");

    public Turn With(Func<CanaryStatus, CanaryStatus> change) => this with { Status = change(Status) };

    public Turn WithRun(Func<RunStatus, RunStatus> change) => With(status => status with { Run = change(Run) });

    public Turn Fire(Signal signal) => With(status => status with { Phase = PhaseMachine.Fire(status.Phase, signal) });

    /// <summary>Says in one sentence what is going on.</summary>
    public Turn Say(string message) => With(status => status with { Message = message });

    /// <summary>Says it, and writes it into the journal.</summary>
    public Turn Tell(string reason, string message, bool warning = false) =>
        Say(message).With(status => status with { Journal = status.Journal.Tell(Now, reason, message, warning) });

    /// <summary>Writes it into the journal, and leaves the sentence of what is going on.</summary>
    public Turn Note(string reason, string message) => With(status => status with { Journal = status.Journal.Tell(Now, reason, message, warning: true) });

    /// <summary>Acts on the control in the run under way: once, and with who asked and why kept beside it.</summary>
    public Turn Heed(Control control) => Consume(control).WithRun(run => run.By(control, Now));

    /// <summary>Keeps the control's value, so that it acts once.</summary>
    public Turn Consume(Control control) =>
        With(status => status with { LastControls = status.LastControls.With(Control.Key(control.Kind), control.Value) });

    /// <summary>The control of this kind that is meant for the revision and was not yet acted on.</summary>
    public Control? Asked(ControlKind kind, string revision) =>
        Seen.Controls.FirstOrDefault(control => control.Kind == kind && control.Means(revision)
            && Status.LastControls.GetValueOrDefault(Control.Key(kind)) != control.Value);

    /// <summary>The control of this kind that was not yet acted on, whichever revision it names.</summary>
    public Control? Asked(ControlKind kind) =>
        Seen.Controls.FirstOrDefault(control => control.Kind == kind && Status.LastControls.GetValueOrDefault(Control.Key(kind)) != control.Value);

    /// <summary>Puts the run at the head of the history.</summary>
    public Turn Record(RunOutcome outcome, string reason, string? by = null) =>
        With(status => status with
        {
            History = status.History
                .Prepend(new RunRecord
                {
                    Run = Run.Id,
                    Revision = Run.Revision,
                    Started = Run.StartedAt,
                    Finished = Now,
                    Outcome = outcome,
                    Reason = reason,
                    Split = Run.Reached,
                    By = by,
                    Controls = Run.Controls,
                })
                .Take(Spec.HistoryLimit)
                .ToEquatableList(),
        });

    public Decision Rest() => LookAgain(null);

    public Decision LookAgain(params ReadOnlySpan<DateTimeOffset?> times)
    {
        // A wakeup at a time that has passed comes at once, and so would the next: a controller that spins.
        var soonest = Watched(this);
        foreach (var time in times)
        {
            if (time > Now && !(time >= soonest))
                soonest = time;
        }
        return new(Conclusion.Of(this), soonest);
    }

    // Whoever may call a run back is asked all along, whatever else is being waited for.
    private static DateTimeOffset? Watched(Turn turn) =>
        turn.Status.Phase is Phase.Waiting or Phase.Progressing or Phase.WaitingPromotion ? Gates.AskedAgainAt(turn, HookKind.Rollback) : null;
}
