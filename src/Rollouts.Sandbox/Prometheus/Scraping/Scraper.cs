using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Scraping;

/// <summary>
/// Reads one target into the store as Prometheus does: with <c>job</c> and <c>instance</c>, an <c>up</c> series, the target's own times
/// honoured, and a staleness mark where a series without a time of its own is no longer exposed.
/// </summary>
internal sealed class Scraper(Uri target, string job, HttpClient client, TimeSeriesStore store, TimeProvider time)
{
    private static readonly string[] OwnLabels = ["instance", "job"];

    private HashSet<Labels> _exposed = [];

    public async Task ScrapeAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var exposed = new HashSet<Labels>();
        var samples = await ReadAsync(cancellation);
        foreach (var sample in samples ?? [])
        {
            var labels = Attributed(sample.Labels);
            if (sample.Time is null)
                exposed.Add(labels);
            store.Append(labels, new Sample(sample.Time ?? now, sample.Value));
        }
        foreach (var gone in _exposed.Where(labels => !exposed.Contains(labels)))
            store.Append(gone, new Sample(now, Sample.Stale));
        _exposed = exposed;
        store.Append(Attributed([new(Labels.MetricName, "up")]), new Sample(now, samples is null ? 0 : 1));
        store.Sweep();
    }

    private async Task<IReadOnlyList<ExposedSample>?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return [.. ExpositionFormat.Read(await client.GetStringAsync(target, cancellation))];
        }
        catch (Exception e) when (e is HttpRequestException or FormatException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    // A label of the target's own that is called as one of ours stays, as exported_*.
    private Labels Attributed(IReadOnlyList<KeyValuePair<string, string>> labels) => Labels.Of(
    [
        .. labels.Select(label => OwnLabels.Contains(label.Key) ? new($"exported_{label.Key}", label.Value) : label),
        new("instance", target.Authority),
        new("job", job),
    ]);
}
