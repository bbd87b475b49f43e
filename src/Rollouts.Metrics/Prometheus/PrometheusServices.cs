using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace Rollouts.Metrics.Prometheus;

/// <summary>Registers <see cref="PrometheusProviders"/> and the HTTP client behind them.</summary>
public static class PrometheusServices
{
    internal const string ClientName = "prometheus";

    /// <summary>The longest that headers may take, with all retries.</summary>
    internal static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(4);

    // The resilience handler stops watching when the headers are there; the client's own timeout covers a body that never ends.
    private static readonly TimeSpan BodyTimeout = TotalTimeout + TimeSpan.FromSeconds(1);

    // One number needs a hundred bytes. A forgotten aggregation over a large cluster answers with megabytes, once for each check.
    private const long LargestAnswer = 1 << 20;

    public static IServiceCollection AddPrometheusProviders(this IServiceCollection services)
    {
        IHttpClientBuilder client = services
            .AddHttpClient(ClientName, http => http.MaxResponseContentBufferSize = LargestAnswer)
            .UseSocketsHttpHandler((handler, _) =>
            {
                // A redirect would turn the POST into a GET without its form, and a log-in page into an "answer".
                handler.AllowAutoRedirect = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
            })
            // Four lines for each query say nothing that the measurement does not say.
            .RemoveAllLoggers();
        client
            .AddStandardResilienceHandler(options =>
            {
                // The defaults retry after two seconds: a single 503 cost 2.7 s, measured.
                options.Retry.Delay = TimeSpan.FromMilliseconds(100);
                options.Retry.MaxRetryAttempts = 2;
                options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(1);
                options.TotalRequestTimeout.Timeout = TotalTimeout;
            })
            // One server that is down must not open the circuit of another.
            .SelectPipelineByAuthority();
        // After the resilience handler, which sets this timeout to infinite.
        client.ConfigureHttpClient(http => http.Timeout = BodyTimeout);
        return services.AddSingleton<PrometheusProviders>();
    }
}
