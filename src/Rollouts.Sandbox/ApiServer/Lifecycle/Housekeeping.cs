using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>The one loop behind what happens after deletions: it hears of every change, in order, and works them off.</summary>
internal sealed partial class Housekeeping(Cluster cluster, ILogger logger) : IAsyncDisposable
{
    private readonly Channel<(ShelfKey Shelf, Change Change)> changes =
        Channel.CreateUnbounded<(ShelfKey, Change)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly GarbageCollection garbage = new(cluster);
    private readonly NamespaceEnd namespaces = new(cluster);
    private readonly DefinitionEnd definitions = new(cluster);
    private Task loop = Task.CompletedTask;

    public void Start()
    {
        cluster.Store.Listen((shelf, change) => changes.Writer.TryWrite((shelf, change)));
        loop = WorkAsync();
    }

    public async ValueTask DisposeAsync()
    {
        changes.Writer.TryComplete();
        await loop;
    }

    private async Task WorkAsync()
    {
        await Task.Yield();
        await foreach (var (shelf, change) in changes.Reader.ReadAllAsync())
        {
            Attempt(() => garbage.Note(shelf, change));
            Attempt(() => namespaces.Note(shelf, change));
            Attempt(() => definitions.Note(shelf, change));
        }
    }

    // A refusal (gone meanwhile, changed meanwhile) is answered by the change that caused it, which comes along here too.
    private void Attempt(Action work)
    {
        try
        {
            work();
        }
        catch (ApiException)
        {
            // See above.
        }
        catch (Exception fault)
        {
            // One object that the loop cannot deal with must not keep all others from being cleaned up.
            LogFault(logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A change could not be followed up.")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
