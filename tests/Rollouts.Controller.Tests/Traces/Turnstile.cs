namespace Rollouts.Controller.Tests.Traces;

/// <summary>
/// Holds back what the stubs answer while a wait of the script is fulfilled and the script has not gone on. The controller's clock is
/// fast: without this a stall of the machine would let a rollout run past the moment at which something is to be done to it.
/// </summary>
internal sealed class Turnstile
{
    private Stop? stop;

    /// <summary>The script begins to wait for this; whoever was held at its last wait may go on.</summary>
    public void WaitFor(Func<bool> met) => Replace(new Stop(met));

    /// <summary>The script waits for nothing.</summary>
    public void Open() => Replace(null);

    public Task PassAsync() => Volatile.Read(ref stop) is { } there && there.Met() ? there.Gone.Task : Task.CompletedTask;

    private void Replace(Stop? next) => Interlocked.Exchange(ref stop, next)?.Gone.TrySetResult();

    private sealed record Stop(Func<bool> Met)
    {
        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
