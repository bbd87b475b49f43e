using System.Collections.Concurrent;

namespace Rollouts.Sandbox.Traffic;

/// <summary>
/// An open-loop load: requests leave when they are due, whether or not earlier ones have been answered, as users do. What fails is
/// counted, and so is what could not even be sent.
/// </summary>
public sealed class LoadGenerator : IAsyncDisposable
{
    private readonly LoadOptions _options;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly RequestSender _sender;
    private readonly TrafficLedger _ledger = new();
    private readonly ArrivalClock _arrivals;
    private readonly ConcurrentDictionary<Task, bool> _inFlight = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _sending;
    private double _rate;
    private CancellationTokenSource _rateChanged = new();
    private CancellationTokenSource? _waitingUnder;

    private LoadGenerator(LoadOptions options)
    {
        _options = options;
        _time = options.TimeProvider;
        _begun = _time.GetTimestamp();
        _sender = new RequestSender(options);
        _arrivals = new ArrivalClock(options.Arrival, options.Seed);
        _rate = options.Rate;
        _sending = Task.Run(SendAsync);
    }

    public static LoadGenerator Start(LoadOptions options) => new(options);

    /// <summary>Takes effect at once: the next request is due one distance of the new rate from now.</summary>
    /// <param name="rate">Requests per second; 0 pauses.</param>
    public void SetRate(double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        Volatile.Write(ref _rate, rate);
        Interlocked.Exchange(ref _rateChanged, new CancellationTokenSource()).Cancel();
    }

    /// <summary>Whether everything due has been sent: a clock moved by hand may move on.</summary>
    internal bool IsWaiting => ReferenceEquals(Volatile.Read(ref _waitingUnder), Volatile.Read(ref _rateChanged));

    /// <summary>Everything since the start.</summary>
    public TrafficReport Read() => _ledger.Read(null);

    /// <summary>The present second and those before it that begin within the window, up to a quarter of an hour.</summary>
    public TrafficReport Read(TimeSpan window) => _ledger.Read(Math.Max(0, SecondNow() - (int)window.TotalSeconds));

    /// <summary>Sends no more, and waits for the answers of what is on its way, so that they are counted too.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _sending;
        await Task.WhenAll(_inFlight.Keys);
        _sender.Dispose();
        _stopping.Dispose();
    }

    private async Task SendAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var rateChanged = Volatile.Read(ref _rateChanged);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, rateChanged.Token);
            try
            {
                await SendAtAsync(Volatile.Read(ref _rate), rateChanged, until.Token);
            }
            catch (OperationCanceledException)
            {
                // Another rate, or the end.
            }
        }
    }

    private async Task SendAtAsync(double rate, CancellationTokenSource rateChanged, CancellationToken until)
    {
        if (rate == 0)
            await WaitAsync(Timeout.InfiniteTimeSpan, rateChanged, until);
        var due = _time.GetTimestamp();
        while (true)
        {
            due += (long)(_arrivals.Next(rate).TotalSeconds * _time.TimestampFrequency);
            // Behind the time nothing is skipped: what is late leaves at once.
            var wait = _time.GetElapsedTime(_time.GetTimestamp(), due);
            if (wait > TimeSpan.Zero)
                await WaitAsync(wait, rateChanged, until);
            until.ThrowIfCancellationRequested();
            Begin(due);
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationTokenSource rateChanged, CancellationToken until)
    {
        var waiting = Task.Delay(wait, _time, until);
        Volatile.Write(ref _waitingUnder, rateChanged);
        await waiting;
        Volatile.Write(ref _waitingUnder, null);
    }

    private void Begin(long due)
    {
        if (!_ledger.TryBegin(SecondNow(), _options.MaxInFlight))
            return;
        var exchange = ExchangeAsync(due);
        _inFlight.TryAdd(exchange, true);
        _ = exchange.ContinueWith(done => _inFlight.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task ExchangeAsync(long due)
    {
        await Task.Yield();
        var exchange = await _sender.SendAsync(due);
        _ledger.End(SecondNow(), exchange);
    }

    private int SecondNow() => (int)_time.GetElapsedTime(_begun).TotalSeconds;
}
