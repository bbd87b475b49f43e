namespace Rollouts.Sandbox.Traffic;

/// <summary>Keeps the counts: all together, and each of the last seconds for itself.</summary>
internal sealed class TrafficLedger
{
    private const int KeptSeconds = 900;

    private readonly Lock _lock = new();
    private readonly Tally _total = new();
    private readonly SortedDictionary<int, Tally> _seconds = [];
    private int _inFlight;

    /// <returns>Whether there is room for the request; if not it is counted as failed.</returns>
    public bool TryBegin(int second, int maxInFlight)
    {
        lock (_lock)
        {
            _total.AddSent();
            Second(second).AddSent();
            if (_inFlight < maxInFlight)
            {
                _inFlight++;
                return true;
            }
            Count(second, new Exchange(TimeSpan.Zero, null, Failure.Overflow));
            return false;
        }
    }

    public void End(int second, Exchange exchange)
    {
        lock (_lock)
        {
            _inFlight--;
            Count(second, exchange);
        }
    }

    /// <param name="from">The first second to report; null: everything since the beginning.</param>
    public TrafficReport Read(int? from)
    {
        lock (_lock)
        {
            var seconds = _seconds.Where(second => second.Key >= (from ?? 0)).ToList();
            var sum = new Tally();
            foreach (var part in from is null ? [_total] : seconds.Select(second => second.Value))
                sum.Add(part);
            return new TrafficReport(
                sum.Sent, sum.Ok, sum.Failed, _inFlight, sum.Failures, sum.Latency, sum.Versions,
                [.. seconds.Select(second => new SecondOfTraffic(second.Key, second.Value.Sent, second.Value.Ok, second.Value.Failed))]);
        }
    }

    private void Count(int second, Exchange exchange)
    {
        _total.Add(exchange);
        Second(second).Add(exchange);
    }

    private Tally Second(int second)
    {
        if (!_seconds.TryGetValue(second, out var tally))
        {
            _seconds.Add(second, tally = new Tally());
            _seconds.Remove(second - KeptSeconds);
        }
        return tally;
    }
}
