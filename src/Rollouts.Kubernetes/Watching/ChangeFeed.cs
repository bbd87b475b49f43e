using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Rollouts.Kubernetes.Watching;

/// <summary>
/// Delivers changes to subscribers one at a time and in the order in which they were appended. Appending happens under the store's lock,
/// delivering outside of it, by whichever thread comes first: a handler may read the store, and it sees at least the change it is told of.
/// </summary>
internal sealed class ChangeFeed(ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Queue<(ObjectChange Change, Subscription[] To)> _pending = [];
    private Subscription[] _subscriptions = [];
    private bool _delivering;

    /// <summary>The new handler is told of what is there already as if it were new.</summary>
    public IDisposable Subscribe(Action<ObjectChange> handler, IEnumerable<JsonObject> present)
    {
        var subscription = new Subscription(this, handler);
        lock (_gate)
        {
            foreach (var obj in present)
                _pending.Enqueue((new ObjectChange(null, obj), [subscription]));
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    public void Append(ObjectChange change)
    {
        lock (_gate)
        {
            if (_subscriptions.Length > 0)
                _pending.Enqueue((change, _subscriptions));
        }
    }

    public void Deliver()
    {
        while (TryTake(out var change, out var subscriptions))
        {
            foreach (var subscription in subscriptions)
                Tell(subscription, change);
            lock (_gate)
                _delivering = false;
        }
    }

    private bool TryTake(out ObjectChange change, out Subscription[] to)
    {
        lock (_gate)
        {
            (change, to) = (null!, []);
            if (_delivering || !_pending.TryDequeue(out var next))
                return false;
            (change, to) = next;
            return _delivering = true;
        }
    }

    /// <summary>A handler that throws must not end the watch for everyone else.</summary>
    private void Tell(Subscription subscription, ObjectChange change)
    {
        if (!subscription.IsActive)
            return;
        try
        {
            subscription.Handler(change);
        }
#pragma warning disable CA1031 // Whatever a handler throws is its own trouble.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WatchLog.HandlerFailed(logger, exception, change.Key);
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
    }

    private sealed class Subscription(ChangeFeed feed, Action<ObjectChange> handler) : IDisposable
    {
        private volatile bool _disposed;

        public Action<ObjectChange> Handler => handler;

        public bool IsActive => !_disposed;

        public void Dispose()
        {
            _disposed = true;
            feed.Remove(this);
        }
    }
}
