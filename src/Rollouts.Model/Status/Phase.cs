namespace Rollouts.Model.Status;

/// <summary>Where a Canary stands in the life of a release.</summary>
public enum Phase
{
    /// <summary>The primary, the Services and the route are being made; the target still serves.</summary>
    Initializing,

    /// <summary>The primary serves, and no revision has been released yet.</summary>
    Initialized,

    /// <summary>A new revision was seen and waits for a gate or a window before its run starts.</summary>
    Waiting,

    /// <summary>A run is under way: the candidate takes traffic step by step and is judged.</summary>
    Progressing,

    /// <summary>The candidate passed every step and waits for a person or a gate to promote it.</summary>
    WaitingPromotion,

    /// <summary>The analysed template is being rolled out to the primary.</summary>
    Promoting,

    /// <summary>Traffic is back on the promoted primary and the candidate is being scaled down.</summary>
    Finalising,

    /// <summary>The candidate was promoted; the primary serves it.</summary>
    Succeeded,

    /// <summary>The run was rolled back or aborted; the primary serves what it served before.</summary>
    Failed,

    /// <summary>The Canary is being deleted, and traffic is handed back first.</summary>
    Terminating,
}
