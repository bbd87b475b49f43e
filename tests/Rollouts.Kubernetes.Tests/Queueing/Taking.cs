using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Kubernetes.Tests.Queueing;

internal static class Taking
{
    /// <summary>What can be had without waiting, or null.</summary>
    public static WorkItem<TKey>? Now<TKey>(WorkQueue<TKey> queue)
        where TKey : notnull
    {
        using var cancellation = new CancellationTokenSource();
        var taking = queue.TakeAsync(cancellation.Token);
        cancellation.Cancel();
        return taking.IsCompletedSuccessfully ? taking.Result : null;
    }
}
