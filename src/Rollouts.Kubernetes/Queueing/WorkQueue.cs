using System.Runtime.CompilerServices;
using Rollouts.Kubernetes.Timing;

namespace Rollouts.Kubernetes.Queueing;

/// <summary>
/// Which keys want work, when, and how urgently. A key is in it at most once: of several wishes the earliest time and the highest priority hold
/// (controller-runtime's contract). A key that is being worked on is given to nobody else; a wish that comes meanwhile is kept
/// and served after it. Within a priority, first ready is first served. Safe for threads.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Wish> _wishes = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly PriorityQueue<Wish, (int Urgency, long Order)> _ready = new();
    private readonly PriorityQueue<Wish, (long Due, long Order)> _waiting = new();
    private readonly LinkedList<TaskCompletionSource<WorkItem<TKey>?>> _takers = [];
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long _order;
    private int _onLoan;
    private bool _closed;

    /// <param name="backoff">For <see cref="AddAfterFailure"/>; by default 250 ms to 30 seconds: once the cluster answers again, a way back must not wait for minutes.</param>
    public WorkQueue(TimeProvider? time = null, Backoff? backoff = null)
    {
        _time = time ?? TimeProvider.System;
        _backoff = backoff ?? new Backoff(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30));
        _timer = _time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keys that could be taken now.</summary>
    public int Ready => Locked(() => _wishes.Values.Count(wish => wish.State == WishState.Ready));

    /// <summary>Keys whose time has not come.</summary>
    public int Waiting => Locked(() => _wishes.Values.Count(wish => wish.State == WishState.Waiting));

    /// <summary>Keys that are being worked on.</summary>
    public int OnLoan => Locked(() => _onLoan);

    /// <param name="priority">Higher is served first.</param>
    public void Add(TKey key, int priority = 0) => AddAfter(key, TimeSpan.Zero, priority);

    /// <param name="delay">Zero or less: now.</param>
    public void AddAfter(TKey key, TimeSpan delay, int priority = 0)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            if (!_wishes.TryGetValue(key, out var wish))
                _wishes[key] = wish = new Wish(key);
            Merge_NeedsLock(wish, DueIn(delay), priority);
            Serve_NeedsLock();
        }
    }

    /// <summary>Adds the key after a wait that doubles with each call until <see cref="Forget"/>; the wait is returned.</summary>
    public TimeSpan AddAfterFailure(TKey key, int priority = 0)
    {
        TimeSpan delay;
        lock (_gate)
        {
            _failures[key] = _failures.GetValueOrDefault(key) + 1;
            delay = _backoff.After(_failures[key]);
        }

        AddAfter(key, delay, priority);
        return delay;
    }

    /// <summary>Failures in a row since the last <see cref="Forget"/>.</summary>
    public int FailuresOf(TKey key) => Locked(() => _failures.GetValueOrDefault(key));

    /// <summary>The key succeeded (or is gone): its next failure waits the shortest time again.</summary>
    public void Forget(TKey key) => Locked(() => _failures.Remove(key));

    /// <summary>The most urgent ready key, once there is one; null once the queue is closed. Dispose what you get.</summary>
    public async Task<WorkItem<TKey>?> TakeAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var taker = new TaskCompletionSource<WorkItem<TKey>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
                return null;
            _takers.AddLast(taker);
            Serve_NeedsLock();
        }

        await using var giveUp = cancellation.Register(() => GiveUp(taker, cancellation));
        return await taker.Task;
    }

    public async IAsyncEnumerable<WorkItem<TKey>> TakeAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await TakeAsync(cancellation) is { } item)
            yield return item;
    }

    /// <summary>
    /// Closes the queue (nothing is added or taken any more) and waits for what is on loan to be returned. Wishes that are left are
    /// dropped: reconciling is level-based, the next start finds them again.
    /// </summary>
    public Task DrainAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var taker in _takers)
                taker.TrySetResult(null);
            _takers.Clear();
            if (_onLoan == 0)
                _drained.TrySetResult();
        }

        return _drained.Task.WaitAsync(cancellation);
    }

    public void Dispose() => _timer.Dispose();

    internal void Return(TKey key)
    {
        lock (_gate)
        {
            var wish = _wishes[key];
            _onLoan--;
            if (wish.Due is { } due)
                Place_NeedsLock(wish, due);
            else
                _wishes.Remove(key);
            if (_closed && _onLoan == 0)
                _drained.TrySetResult();
            Serve_NeedsLock();
        }
    }

    /// <summary>Once cancelled, a taker cannot be handed a key any more: no key is lost with it.</summary>
    private void GiveUp(TaskCompletionSource<WorkItem<TKey>?> taker, CancellationToken cancellation)
    {
        if (!taker.TrySetCanceled(cancellation))
            return;
        lock (_gate)
            _takers.Remove(taker);
    }

    private void Wake()
    {
        lock (_gate)
            Serve_NeedsLock();
    }

    private void Merge_NeedsLock(Wish wish, long due, int priority)
    {
        var before = (wish.Due, wish.Priority);
        wish.Priority = wish.Due is null ? priority : Math.Max(wish.Priority, priority);
        wish.Due = wish.Due is { } earlier ? Math.Min(earlier, due) : due;
        if (wish.State != WishState.OnLoan && before != (wish.Due, wish.Priority))
            Place_NeedsLock(wish, wish.Due.Value);
    }

    /// <summary>
    /// Puts the wish where it now belongs. Its older entry, if any, is recognised by its ticket and passed over; one that was only overtaken by
    /// a raised priority comes up after the wish has been handed out.
    /// </summary>
    private void Place_NeedsLock(Wish wish, long due)
    {
        var ready = wish.State == WishState.Ready || due <= _time.GetTimestamp();
        if (!ready || wish.State != WishState.Ready)
            wish.Ticket = ++_order;
        wish.State = ready ? WishState.Ready : WishState.Waiting;
        if (ready)
            _ready.Enqueue(wish, (-wish.Priority, wish.Ticket));
        else
            _waiting.Enqueue(wish, (due, wish.Ticket));
    }

    private void Serve_NeedsLock()
    {
        if (_closed)
            return;
        PromoteDue_NeedsLock();
        while (_takers.First is { } first && NextReady_NeedsLock() is { } wish)
        {
            _takers.RemoveFirst();
            var item = new WorkItem<TKey>(this, wish.Key, wish.Priority);
            if (!first.Value.TrySetResult(item))
                continue;
            _ready.Dequeue();
            wish.State = WishState.OnLoan;
            wish.Due = null;
            _onLoan++;
        }
    }

    private void PromoteDue_NeedsLock()
    {
        while (_waiting.TryPeek(out var wish, out var place))
        {
            var current = wish.State == WishState.Waiting && wish.Ticket == place.Order;
            if (current && place.Due > _time.GetTimestamp())
            {
                _timer.Change(Until(place.Due), Timeout.InfiniteTimeSpan);
                return;
            }

            _waiting.Dequeue();
            if (current)
                Place_NeedsLock(wish, place.Due);
        }
    }

    private Wish? NextReady_NeedsLock()
    {
        while (_ready.TryPeek(out var wish, out var place))
        {
            if (wish.State == WishState.Ready && wish.Ticket == place.Order)
                return wish;
            _ready.Dequeue();
        }

        return null;
    }

    private long DueIn(TimeSpan delay) =>
        delay <= TimeSpan.Zero ? 0 : _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);

    private TimeSpan Until(long due)
    {
        // Rounded up to a millisecond, the timer's grain: one that fires a little early would find nothing due and fire again at once.
        var left = _time.GetElapsedTime(_time.GetTimestamp(), due);
        return TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(left.TotalMilliseconds), 1, int.MaxValue));
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private enum WishState { New, Waiting, Ready, OnLoan }

    private sealed class Wish(TKey key)
    {
        public TKey Key => key;

        public WishState State { get; set; }

        public int Priority { get; set; }

        /// <summary>When it wants to be worked on, in timestamps; null while it is on loan and wants nothing more.</summary>
        public long? Due { get; set; }

        public long Ticket { get; set; }
    }
}
