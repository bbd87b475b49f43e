namespace Rollouts.Model.Status;

/// <summary>What a check says; written in capitals.</summary>
public enum Verdict
{
    Pass,
    Fail,

    /// <summary>Neither: there is not enough data to say.</summary>
    None,
}
