namespace Rollouts.Model.Analysis;

/// <summary>How a value is held against its threshold.</summary>
public enum Judge
{
    /// <summary>The number is compared, as Flagger does.</summary>
    Exact,

    /// <summary>The number is judged with its sampling error.</summary>
    Confident,
}
