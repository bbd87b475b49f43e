using System.Collections.Frozen;
using Rollouts.Model.Status;
using Stateless;
using Stateless.Graph;

namespace Rollouts.Core.Phases;

/// <summary>
/// Which signal leads from which phase to which: a table and nothing else. It has no actions, because an entry action that throws
/// leaves the state changed; what a phase does is in Deciding.
/// </summary>
public static class PhaseMachine
{
    /// <summary>Read off the table once: to build it for every decision costs more than the decision.</summary>
    private static readonly FrozenDictionary<(Phase From, Signal Signal), Phase> Transitions = (
        from phase in Enum.GetValues<Phase>()
        from signal in Enum.GetValues<Signal>()
        where Table(phase).CanFire(signal)
        select KeyValuePair.Create((phase, signal), After(phase, signal))).ToFrozenDictionary();

    /// <summary>The phase that the signal leads to.</summary>
    /// <exception cref="InvalidOperationException">when the table has no such transition: a fault of ours, never of a user's</exception>
    public static Phase Fire(Phase from, Signal signal) =>
        Transitions.TryGetValue((from, signal), out var to) ? to : throw new InvalidOperationException($"{signal} leads from {from} to nowhere.");

    public static bool CanFire(Phase from, Signal signal) => Transitions.ContainsKey((from, signal));

    /// <summary>The table as a Mermaid state diagram; it stands in the README.</summary>
    public static string Diagram() => MermaidGraph.Format(Table(Phase.Initializing).GetInfo(), MermaidGraphDirection.TopToBottom);

    private static Phase After(Phase from, Signal signal)
    {
        var machine = Table(from);
        machine.Fire(signal);
        return machine.State;
    }

    private static StateMachine<Phase, Signal> Table(Phase phase)
    {
        var machine = new StateMachine<Phase, Signal>(phase);

        machine.Configure(Phase.Initializing)
            .Permit(Signal.PrimaryServes, Phase.Initialized)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.Initialized)
            .Permit(Signal.RevisionSeen, Phase.Progressing)
            .Permit(Signal.Withheld, Phase.Waiting)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.Waiting)
            .PermitReentry(Signal.Withheld)
            .Permit(Signal.RevisionSeen, Phase.Progressing)
            .Permit(Signal.Reverted, Phase.Succeeded)
            .Permit(Signal.RolledBack, Phase.Failed)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.Succeeded)
            .Permit(Signal.RevisionSeen, Phase.Progressing)
            .Permit(Signal.Withheld, Phase.Waiting)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.Failed)
            .Permit(Signal.RevisionSeen, Phase.Progressing)
            .Permit(Signal.Withheld, Phase.Waiting)
            .Permit(Signal.Reverted, Phase.Succeeded)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.Progressing)
            .PermitReentry(Signal.StepPassed)
            .PermitReentry(Signal.RevisionSeen)
            .PermitReentry(Signal.ProgramReplaced)
            .Permit(Signal.Withheld, Phase.Waiting)
            .Permit(Signal.ProgramPassed, Phase.Promoting)
            .Permit(Signal.ApprovalNeeded, Phase.WaitingPromotion)
            .Permit(Signal.Promoted, Phase.Promoting)
            .Permit(Signal.Reverted, Phase.Finalising)
            .Permit(Signal.RolledBack, Phase.Failed)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.WaitingPromotion)
            .Permit(Signal.ProgramReplaced, Phase.Progressing)
            .Permit(Signal.ProgramPassed, Phase.Promoting)
            .Permit(Signal.Withheld, Phase.Waiting)
            .Permit(Signal.Promoted, Phase.Promoting)
            .Permit(Signal.RevisionSeen, Phase.Progressing)
            .Permit(Signal.Reverted, Phase.Finalising)
            .Permit(Signal.RolledBack, Phase.Failed)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.Promoting)
            .PermitReentry(Signal.StepPassed)
            .Permit(Signal.PrimaryUpdated, Phase.Finalising)
            .Permit(Signal.RolledBack, Phase.Failed)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.Finalising)
            .Permit(Signal.CandidateRetired, Phase.Succeeded)
            .Permit(Signal.Deleted, Phase.Terminating);

        machine.Configure(Phase.Terminating);
        return machine;
    }
}
