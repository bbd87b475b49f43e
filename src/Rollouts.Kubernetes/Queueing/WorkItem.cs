namespace Rollouts.Kubernetes.Queueing;

/// <summary>A key on loan: no other worker gets it until this is disposed.</summary>
public sealed class WorkItem<TKey> : IDisposable
    where TKey : notnull
{
    private WorkQueue<TKey>? _queue;

    internal WorkItem(WorkQueue<TKey> queue, TKey key, int priority)
    {
        _queue = queue;
        Key = key;
        Priority = priority;
    }

    public TKey Key { get; }

    /// <summary>With which it was added; a retry should keep it.</summary>
    public int Priority { get; }

    public void Dispose() => Interlocked.Exchange(ref _queue, null)?.Return(Key);
}
