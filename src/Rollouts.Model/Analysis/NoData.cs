namespace Rollouts.Model.Analysis;

/// <summary>What a metric without data says.</summary>
public enum NoData
{
    /// <summary>The verdict is NONE: the step waits and no failure is counted.</summary>
    Hold,

    /// <summary>The verdict is FAIL.</summary>
    Fail,

    /// <summary>The verdict is PASS.</summary>
    Pass,
}
