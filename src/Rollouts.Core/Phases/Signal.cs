namespace Rollouts.Core.Phases;

/// <summary>What may happen to a Canary: each member reads as "the phase changes because ...".</summary>
public enum Signal
{
    /// <summary>the primary serves, the routes stand and the target rests.</summary>
    PrimaryServes,

    /// <summary>a revision that was not tried yet stands in the target.</summary>
    RevisionSeen,

    /// <summary>such a revision stands there, and a gate, a window or a suspension does not let it in.</summary>
    Withheld,

    /// <summary>the target was set back to the template that the primary runs.</summary>
    Reverted,

    /// <summary>the present step is over and there is a next one.</summary>
    StepPassed,

    /// <summary>the spec was given a program of another kind in mid-run.</summary>
    ProgramReplaced,

    /// <summary>the last step is over and every gate is open, and the Canary promotes by itself.</summary>
    ProgramPassed,

    /// <summary>the last step is over, and a person or a gate has the last word.</summary>
    ApprovalNeeded,

    /// <summary>a person said yes.</summary>
    Promoted,

    /// <summary>the primary runs the candidate's template and is ready.</summary>
    PrimaryUpdated,

    /// <summary>all traffic is on the primary and the target rests.</summary>
    CandidateRetired,

    /// <summary>checks failed, pods cannot run, a deadline passed, or a person or a webhook said stop.</summary>
    RolledBack,

    /// <summary>somebody deleted the Canary.</summary>
    Deleted,
}
