using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>The series of each selector of one query, looked for once and not again at every step of a range.</summary>
internal sealed class Selections(TimeSeriesStore store)
{
    private readonly Dictionary<VectorSelector, IReadOnlyList<Series>> _found = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<Series> Of(VectorSelector selector)
    {
        if (!_found.TryGetValue(selector, out var series))
            _found.Add(selector, series = store.Select(selector.Matchers));
        return series;
    }
}
