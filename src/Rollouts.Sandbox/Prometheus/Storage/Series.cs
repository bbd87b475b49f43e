namespace Rollouts.Sandbox.Prometheus.Storage;

/// <summary>The samples of one label set, in the order of their times.</summary>
internal sealed class Series(Labels labels)
{
    private readonly Lock _lock = new();
    private readonly List<Sample> _samples = [];

    public Labels Labels { get; } = labels;

    /// <summary>Refuses, as Prometheus does, what is not younger than the last sample.</summary>
    public void Append(Sample sample, long keepAfter)
    {
        lock (_lock)
        {
            if (_samples.Count > 0 && _samples[^1].Time >= sample.Time)
                return;
            _samples.Add(sample);
            // Cut in large pieces: a sample is moved a few times in its life, not at every scrape.
            if (_samples[_samples.Count / 2].Time < keepAfter)
                _samples.RemoveRange(0, FirstAfter(keepAfter));
        }
    }

    /// <summary>The last sample of the time or before, unless it is older than <paramref name="from"/> or says that the series ended.</summary>
    public Sample? At(long time, long from)
    {
        lock (_lock)
        {
            var index = FirstAfter(time) - 1;
            return index >= 0 && _samples[index].Time >= from && !_samples[index].IsStale ? _samples[index] : null;
        }
    }

    /// <summary>From the first to the last time, both included, without staleness marks.</summary>
    public IReadOnlyList<Sample> Between(long from, long to)
    {
        lock (_lock)
        {
            var first = FirstAfter(from - 1);
            return [.. _samples.GetRange(first, Math.Max(0, FirstAfter(to) - first)).Where(sample => !sample.IsStale)];
        }
    }

    public bool EndedBefore(long time)
    {
        lock (_lock)
            return _samples.Count > 0 && _samples[^1].Time < time;
    }

    private int FirstAfter(long time)
    {
        var (low, high) = (0, _samples.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_samples[middle].Time <= time)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
