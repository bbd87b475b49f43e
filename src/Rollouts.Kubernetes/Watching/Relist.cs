namespace Rollouts.Kubernetes.Watching;

/// <summary>A wish for a list that is begun after the wish, and its fulfilment.</summary>
#pragma warning disable CA1001 // A source without a timer holds nothing that would have to be freed.
internal sealed class Relist
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _wished = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationToken Wished => _wished.Token;

    public Task Done => _done.Task;

    // What ends with the watch is not the wisher's work.
    public void Wish() => _ = _wished.CancelAsync();

    public void Fulfil() => _done.TrySetResult();
}
