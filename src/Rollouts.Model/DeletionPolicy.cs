namespace Rollouts.Model;

/// <summary>What becomes of the traffic when the Canary is deleted.</summary>
public enum DeletionPolicy
{
    /// <summary>Traffic and replicas are handed back to the plain target before anything is removed.</summary>
    Restore,

    /// <summary>Everything stays as it is.</summary>
    Orphan,
}
