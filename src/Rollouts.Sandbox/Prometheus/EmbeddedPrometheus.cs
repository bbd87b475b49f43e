using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Prometheus.Scraping;
using Rollouts.Sandbox.Prometheus.Serving;
using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus;

/// <summary>
/// A small Prometheus within the process: scrapes, keeps some minutes in memory, and answers instant and range queries in the part of
/// PromQL that metric checks use: selectors, ranges, rate and its kin, aggregations, histogram_quantile, arithmetic, comparisons and set
/// operators with on and ignoring. Everything else (offset, @, subqueries, group_left, recording rules) is refused with the place in the query.
/// </summary>
public sealed class EmbeddedPrometheus : IPrometheus
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client;
    private readonly LoopbackServer _server;
    private readonly PeriodicTimer _timer;
    private readonly Task _scraping;

    private EmbeddedPrometheus(PrometheusOptions options, TimeSeriesStore store, LoopbackServer server)
    {
        _server = server;
        _client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        _timer = new PeriodicTimer(options.ScrapeInterval, options.TimeProvider);
        _scraping = ScrapeAsync([.. options.Targets.Select(target => new Scraper(target, options.Job, _client, store, options.TimeProvider))]);
    }

    public Uri Url => _server.Url;

    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<EmbeddedPrometheus> StartAsync(PrometheusOptions options, CancellationToken cancellation)
    {
        var store = new TimeSeriesStore(options.Retention);
        var api = new QueryApi(store, options.TimeProvider);
        return new EmbeddedPrometheus(options, store, await LoopbackServer.StartAsync(options.Port, api.HandleAsync, cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _server.DisposeAsync();
        try
        {
            await _scraping;
        }
        catch (OperationCanceledException)
        {
            // That is how scraping ends.
        }
        _timer.Dispose();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task ScrapeAsync(IReadOnlyList<Scraper> scrapers)
    {
        do
            await Task.WhenAll(scrapers.Select(scraper => scraper.ScrapeAsync(_stopping.Token)));
        while (await _timer.WaitForNextTickAsync(_stopping.Token));
    }
}
