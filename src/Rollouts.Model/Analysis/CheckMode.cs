namespace Rollouts.Model.Analysis;

/// <summary>Whether a check is acted on.</summary>
public enum CheckMode
{
    /// <summary>A FAIL counts as a failed check.</summary>
    Enforce,

    /// <summary>The verdict is shown and never acted on.</summary>
    Observe,
}
