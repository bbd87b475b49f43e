namespace Rollouts.Kubernetes.Queueing;

/// <summary>
/// Brings what one key stands for nearer to what is wanted. It is level-based: it gets a name and never the event that woke it, looks at
/// the world as it is, and must come to the same end however often it is called.
/// <para>A returned <see cref="Next"/> is success: the key's backoff starts anew. An exception is a failure: the key is tried again after a backoff.
/// A <see cref="TerminalException"/> is a failure that no repetition mends: the key waits for its next change.
/// For one key there is never more than one call at a time.</para>
/// </summary>
public interface IReconciler<in TKey>
    where TKey : notnull
{
    Task<Next> ReconcileAsync(TKey key, CancellationToken cancellation);
}
