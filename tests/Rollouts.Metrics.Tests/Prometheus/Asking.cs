using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rollouts.Metrics.Prometheus;

namespace Rollouts.Metrics.Tests.Prometheus;

/// <summary>Asks a server through the services as the controller registers them.</summary>
internal static class Asking
{
    public static async Task<Measurement> MeasureAsync(
        string url,
        MetricQuery? query = null,
        ILoggerProvider? log = null,
        CancellationToken cancellationToken = default)
    {
        var services = new ServiceCollection();
        services.AddPrometheusProviders();
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace);
            if (log is not null)
                logging.AddProvider(log);
        });
        await using ServiceProvider built = services.BuildServiceProvider();
        IMetricProvider provider = built.GetRequiredService<PrometheusProviders>().At(Address(url));
        return await provider.MeasureAsync(query ?? new MetricQuery("up"), cancellationToken);
    }

    public static PrometheusAddress Address(string url) =>
        PrometheusAddress.TryParse(url, out PrometheusAddress? address, out string? error)
            ? address
            : throw new ArgumentException(error, nameof(url));
}
