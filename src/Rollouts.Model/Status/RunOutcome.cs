namespace Rollouts.Model.Status;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>No run: what served when the Canary was made. It is kept so that the first release too can be gone back on.</summary>
    Initial,

    /// <summary>The candidate was promoted.</summary>
    Promoted,

    /// <summary>The checks, a deadline or a broken pod rolled it back.</summary>
    Failed,

    /// <summary>A person aborted it.</summary>
    Aborted,

    /// <summary>The target was set back to the promoted template in mid-run.</summary>
    Reverted,

    /// <summary>A newer revision took its place in mid-run.</summary>
    Superseded,
}
