using System.Collections.Concurrent;
using Rollouts.Sandbox.Prometheus.Querying;

namespace Rollouts.Sandbox.Prometheus.Storage;

/// <summary>Samples in memory. What is older than the retention before the newest sample is dropped.</summary>
internal sealed class TimeSeriesStore(TimeSpan retention)
{
    private readonly long _retention = (long)retention.TotalMilliseconds;
    private readonly ConcurrentDictionary<Labels, Series> _series = new();
    private long _newest = long.MinValue;

    public IEnumerable<Labels> All => _series.Keys;

    public void Append(Labels labels, Sample sample)
    {
        _newest = Math.Max(_newest, sample.Time);
        _series.GetOrAdd(labels, added => new Series(added)).Append(sample, _newest - _retention);
    }

    public IReadOnlyList<Series> Select(IReadOnlyList<Matcher> matchers) =>
        [.. _series.Values.Where(series => matchers.All(matcher => matcher.Matches(series.Labels[matcher.Label])))];

    /// <summary>Forgets the series that have had no sample since before the retention.</summary>
    public void Sweep()
    {
        foreach (var series in _series.Values.Where(series => series.EndedBefore(_newest - _retention)))
            _series.TryRemove(series.Labels, out _);
    }
}
