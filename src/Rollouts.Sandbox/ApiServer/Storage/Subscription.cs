using System.Threading.Channels;

namespace Rollouts.Sandbox.ApiServer.Storage;

/// <summary>The changes of one kind from some revision on, each once and in order, until disposed.</summary>
internal sealed class Subscription(Snapshot start, Action<Subscription> leave) : IDisposable
{
    private readonly Channel<Change> changes =
        Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = false });

    /// <summary>It goes on when the kind is no longer served.</summary>
    public bool Lasting { get; init; }

    /// <summary>The state before the first change that is told.</summary>
    public Snapshot Start { get; } = start;

    public ChannelReader<Change> Changes => changes.Reader;

    public void Tell(Change change) => changes.Writer.TryWrite(change);

    /// <summary>No more changes will come: the kind is no longer served.</summary>
    public void End() => changes.Writer.TryComplete();

    public void Dispose()
    {
        leave(this);
        End();
    }
}
