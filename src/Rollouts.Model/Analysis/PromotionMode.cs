namespace Rollouts.Model.Analysis;

/// <summary>What happens when a run has passed its last step.</summary>
public enum PromotionMode
{
    /// <summary>The candidate is promoted.</summary>
    Automatic,

    /// <summary>The run waits in WaitingPromotion until a person promotes.</summary>
    Manual,
}
