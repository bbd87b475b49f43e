namespace Rollouts.Model.Analysis;

/// <summary>What happens when a step has waited for longer than maxHold.</summary>
public enum HoldTimeout
{
    /// <summary>The run fails and traffic goes back to the primary.</summary>
    Rollback,

    /// <summary>The run holds at its split until a person decides.</summary>
    Pause,
}
