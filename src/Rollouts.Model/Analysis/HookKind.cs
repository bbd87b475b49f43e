namespace Rollouts.Model.Analysis;

/// <summary>When a webhook is called and what its answer does.</summary>
public enum HookKind
{
    /// <summary>Asked before a run starts; the run waits for yes.</summary>
    ConfirmRollout,

    /// <summary>Asked once the candidate is ready, before it takes traffic; no counts as a failed check.</summary>
    PreRollout,

    /// <summary>Asked with every check; no counts as a failed check.</summary>
    Rollout,

    /// <summary>Asked before the candidate takes more traffic; the run waits for yes.</summary>
    ConfirmTrafficIncrease,

    /// <summary>Asked before the candidate is promoted; the run waits for yes while the checks go on.</summary>
    ConfirmPromotion,

    /// <summary>Told once how the run ended.</summary>
    PostRollout,

    /// <summary>Asked all along; yes rolls the run back.</summary>
    Rollback,

    /// <summary>Told every event.</summary>
    Event,
}
